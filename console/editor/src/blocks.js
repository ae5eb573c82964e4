// The text as the server looks into it: its paragraphs in order, each with the
// cell of a table it stands in. An offset in a block's text is an offset in the
// document behind block.from: whatever is no text takes one place in both.

import { TableMap } from '@tiptap/pm/tables'

export const HOLE = '\ufffc' // stands for a picture in a line

const texts = new WeakMap() // nodes never change, so their texts are made once

function textOf(node) {
  let text = texts.get(node)
  if (text === undefined) {
    text = between(node, 0, node.content.size)
    texts.set(node, text)
  }
  return text
}

// between is the text of a stretch of a node, as blocks have it.
export function between(node, from, to) {
  return node.textBetween(from, to, '\n', leaf => leaf.type.name === 'hardBreak' ? '\n' : HOLE)
}

// blocksOf lists the blocks: {node, from, text, cell}, cell being the number of
// the table from 1, and row and column from 0, or null.
export function blocksOf(doc) {
  const blocks = []
  let tables = 0
  const walk = (parent, start, cell) => parent.forEach((node, offset) => {
    const inside = start + offset + 1
    if (node.isTextblock) blocks.push({ node, from: inside, text: textOf(node), cell })
    else if (node.type.spec.tableRole === 'table') {
      const number = ++tables
      const map = TableMap.get(node)
      node.forEach((row, rowAt) => row.forEach((one, cellAt) => {
        const { top, left } = map.findCell(rowAt + 1 + cellAt)
        walk(one, inside + rowAt + 1 + cellAt + 1, [number, top, left])
      }))
    } else if (!node.isLeaf) walk(node, inside, cell)
  })
  walk(doc, 0, null)
  return blocks
}

// What a picture or a table says beside the text stands in an attribute.
const NOTES = { image: 'alt', picture: 'alt', table: 'caption' }

// noteOf is the note of a node: its attribute and its text, or null for a node that
// has none. White space in it counts as one space each.
export function noteOf(node) {
  const attr = NOTES[node?.type.name]
  return attr ? { attr, text: (node.attrs[attr] ?? '').replace(/\s/g, ' ') } : null
}

// notesOf lists the notes that say something, in the order of the text: {at, size,
// attr, text}, at being where the node stands.
export function notesOf(doc) {
  const notes = []
  doc.descendants((node, at) => {
    const note = noteOf(node)
    if (note?.text.trim()) notes.push({ at, size: node.nodeSize, ...note })
    return !node.isText
  })
  return notes
}

// around are the blocks that belong to a change: the changed ones, a neighbour on
// either side, and in a table the row with the heads of its columns.
export function around(blocks, changed) {
  const rows = new Set()
  const near = new Set()
  blocks.forEach((block, i) => {
    if (!changed.has(block)) return
    if (block.cell) rows.add(`${block.cell[0]}:${block.cell[1]}`).add(`${block.cell[0]}:head`)
    else for (const j of [i - 1, i, i + 1]) near.add(j)
  })
  return blocks.filter((block, i) => near.has(i) || (block.cell && rows.size > 0
    && (rows.has(`${block.cell[0]}:${block.cell[1]}`) || (block.cell[1] < 3 && rows.has(`${block.cell[0]}:head`)))))
}
