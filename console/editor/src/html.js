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
  const allHeaders = row => [...row.cells].every(cell => cell.localName === 'th')
  let head = null
  for (const row of [...body.rows]) {
    if (!allHeaders(row) || body.rows.length === 1) break
    head ??= table.insertBefore(table.ownerDocument.createElement('thead'), body)
    head.append(row)
  }
  head?.querySelectorAll('th').forEach(th => th.setAttribute('scope', th.colSpan > 1 ? 'colgroup' : 'col'))
  body.querySelectorAll('th').forEach(th => th.setAttribute('scope', th.rowSpan > 1 ? 'rowgroup' : 'row'))
}

// contents sums up what must not be lost on the way into the editor: the words,
// and how many pictures, cells, links and headings there are.
export function contents(html) {
  const { body } = new DOMParser().parseFromString(html, 'text/html')
  const count = selector => body.querySelectorAll(selector).length
  return [
    body.textContent.replace(/\s+/g, ''),
    count('img'), count('td, th'), count('a[href]'), count('h1, h2, h3, h4, h5, h6'), count('li'),
  ].join('\u0000')
}
