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
