// What is found in the title stands under its field: a field has no underlines.

import { button, label, mustMend, quoted } from './words.js'

export function titleFindings(field, { id, changed }) {
  if (!field) return { show() {}, visit() {} }
  const list = document.createElement('ul')
  list.className = 'found-title'
  list.id = `${id}-title-findings`
  list.hidden = true
  field.after(list)
  const said = field.getAttribute('aria-describedby')

  field.addEventListener('input', event => {
    if (!event.isComposing) changed()
  })
  field.addEventListener('compositionend', () => changed())

  function select({ from, to, finding }) {
    if (field.value.slice(from, to) !== finding.text) return false
    field.focus()
    field.setSelectionRange(from, to)
    return true
  }

  // put writes as a person would, so that the field's own undo takes it back.
  function put(entry, to) {
    if (!select(entry)) return
    const done = to ? document.execCommand('insertText', false, to) : document.execCommand('delete')
    if (!done) {
      field.setRangeText(to, entry.from, entry.to, 'end')
      field.dispatchEvent(new Event('input', { bubbles: true }))
    }
  }

  function row(entry) {
    const { finding } = entry
    const line = document.createElement('li')
    line.className = `found-item found-item-${finding.severity}`
    const text = document.createElement('p')
    text.append(label(finding), ` ${quoted(entry)}：${finding.say}`)
    line.append(text)
    finding.fixes.slice(0, 3).forEach(to => line.append(button(to ? `改为“${to}”` : '删去', 'found-fix', () => put(entry, to))))
    return line
  }

  function show(entries) {
    const focused = list.contains(document.activeElement)
    list.replaceChildren(...[...entries].sort((a, b) => mustMend(b) - mustMend(a)).map(row))
    list.hidden = entries.length === 0
    field.setAttribute('aria-describedby', [said, list.hidden ? '' : list.id].filter(Boolean).join(' '))
    if (!field.getAttribute('aria-describedby')) field.removeAttribute('aria-describedby')
    if (focused) field.focus()
  }

  return { show, visit: select }
}
