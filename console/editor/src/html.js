// From the editor's tree to the HTML that is stored: header rows in a thead,
// scopes on header cells, no paragraph around the only text of a cell.

import { DOMSerializer } from '@tiptap/pm/model'

export function toHTML(editor) {
  const doc = document.implementation.createHTMLDocument('')
  const box = doc.createElement('div')
  box.append(DOMSerializer.fromSchema(editor.schema).serializeFragment(editor.state.doc.content, { document: doc }))
  box.querySelectorAll('table').forEach(tidyTable)
  box.querySelectorAll('td, th, li').forEach(unwrap)
  while (box.lastElementChild?.localName === 'p' && isBlank(box.lastElementChild)) box.lastElementChild.remove()
  return box.innerHTML
}

function isBlank(element) {
  return !element.textContent.trim() && !element.querySelector('img, hr, a[id]')
}

function unwrap(cell) {
  const p = cell.firstElementChild
  if (p?.localName !== 'p') return
  const alone = cell.children.length === 1
  const beforeList = cell.localName === 'li' && cell.children.length === 2 && /^[ou]l$/.test(cell.children[1].localName)
  if (!alone && !beforeList) return
  if (cell.localName !== 'li' && p.className && !cell.className) cell.className = p.className
  else if (p.attributes.length) return
  p.replaceWith(...p.childNodes)
}

function tidyTable(table) {
  const body = table.tBodies[0]
  const rows = [...body.rows]
  const heads = row => row.querySelector('th') && [...row.cells].every(cell => cell.localName === 'th' || isBlank(cell))
  let n = rows.findIndex(row => !heads(row))
  if (n < 0) n = rows.length - 1
  // A cell must not reach out of the head.
  while (n > 0 && rows.slice(0, n).some((row, i) => [...row.cells].some(cell => i + cell.rowSpan > n))) n--
  if (n > 0) {
    const head = table.insertBefore(table.ownerDocument.createElement('thead'), body)
    head.append(...rows.slice(0, n))
    head.querySelectorAll('th').forEach(th => th.setAttribute('scope', th.colSpan > 1 ? 'colgroup' : 'col'))
  }
  body.querySelectorAll('th').forEach(th => th.setAttribute('scope', th.rowSpan > 1 ? 'rowgroup' : 'row'))
}

// fromHTML prepares HTML for the editor: rows that are too short are filled up at
// their end. The editor would do it at their beginning, and shift the columns.
export function fromHTML(html) {
  const { body } = new DOMParser().parseFromString(html, 'text/html')
  body.querySelectorAll('table').forEach(table => {
    const rows = [...table.rows]
    const taken = rows.map(() => []) // which columns of a row are covered
    rows.forEach((row, y) => {
      let x = 0
      for (const cell of row.cells) {
        while (taken[y][x]) x++
        const down = Math.min(cell.rowSpan || rows.length, rows.length - y)
        for (let dy = 0; dy < down; dy++) for (let dx = 0; dx < cell.colSpan; dx++) taken[y + dy][x + dx] = true
      }
    })
    const width = Math.max(0, ...taken.map(row => row.length))
    rows.forEach((row, y) => {
      for (let x = 0; x < width; x++) if (!taken[y][x]) row.append(body.ownerDocument.createElement('td'))
    })
  })
  return body.innerHTML
}

const SHAPES = ['img', 'caption', 'a[href]', 'h1, h2, h3, h4, h5, h6', 'li', 'figure', 'dl', 'pre', 'code', 'ruby', 'blockquote', 'sup', 'sub', 'hr', '[id]']

// holds tells whether nothing of one HTML is missing in the other: all words, and
// as much of all that is more than words. A table may gain cells, because the
// editor makes its rows equally long.
export function holds(html, other) {
  const [a, b] = [html, other].map(text => new DOMParser().parseFromString(text, 'text/html').body)
  const count = (body, selector) => body.querySelectorAll(selector).length
  return a.textContent.replace(/\s+/g, '') === b.textContent.replace(/\s+/g, '')
    && SHAPES.every(selector => count(a, selector) === count(b, selector))
    && count(a, 'td, th') <= count(b, 'td, th')
}
