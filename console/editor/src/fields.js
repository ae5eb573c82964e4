// What is found in a field beside the text, its title or summary, stands under the
// field: a field has no underlines. In the field the keys are those of the text: F8
// goes to the next place, Alt and Enter puts the first proposal there.

import { button, label, mustMend, quoted, spoken } from './words.js'

// fieldFindings watches a field. announce says a sentence, changed is called when
// somebody has typed.
export function fieldFindings(field, { id, changed, announce }) {
  if (!field) return { show() {}, visit() {} }
  const list = document.createElement('ul')
  list.className = 'found-field'
  list.id = `${id}-${field.name}-findings`
  list.hidden = true
  field.after(list)
  const said = field.getAttribute('aria-describedby')
  let entries = []

  field.addEventListener('input', event => {
    if (!event.isComposing) changed()
  })
  field.addEventListener('compositionend', () => changed())
  field.addEventListener('keydown', event => {
    if (event.isComposing || event.ctrlKey || event.metaKey || entries.length === 0) return
    if (event.key === 'F8' && !event.altKey) {
      event.preventDefault()
      step(!event.shiftKey)
    } else if (event.key === 'Enter' && event.altKey) {
      event.preventDefault()
      const entry = here()
      if (!entry) announce('光标所在的地方没有发现问题。按 F8 到下一处。')
      else if (entry.finding.fixes.length) put(entry, entry.finding.fixes[0])
      else announce(entry.finding.say)
    }
  })

  // still tells whether the words of a finding stand where they stood.
  const still = ({ from, to, finding }) => field.value.slice(from, to) === finding.text

  // here is the finding in which the cursor stands.
  function here() {
    const { selectionStart: at } = field
    return entries.find(entry => entry.from <= at && at <= entry.to && still(entry))
  }

  // step goes to the next or previous finding of the field, round at the ends.
  function step(forward) {
    const all = entries.filter(still).sort((a, b) => a.from - b.from)
    if (all.length === 0) return
    const { selectionStart: from, selectionEnd: to } = field
    let i = forward
      ? all.findIndex(one => one.from > from || (one.from === from && one.to !== to))
      : all.findLastIndex(one => one.from < from)
    if (forward && i < 0) i = 0
    i = (i + all.length) % all.length
    select(all[i])
    announce(`第 ${i + 1} 处，共 ${all.length} 处。${spoken(all[i])}。${all[i].finding.fixes.length ? '按 Alt 加回车改正。' : ''}`)
  }

  function select(entry) {
    if (!still(entry)) return false
    field.focus()
    field.setSelectionRange(entry.from, entry.to)
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
    announce(to ? `已改为“${to}”，按 Ctrl 加 Z 可以撤销。` : '已删去，按 Ctrl 加 Z 可以撤销。')
  }

  function row(entry) {
    const { finding } = entry
    const line = document.createElement('li')
    line.className = `found-item found-item-${finding.severity}`
    const text = document.createElement('p')
    text.append(label(finding), ` ${quoted(entry)}：${finding.say}`)
    line.append(text)
    if (finding.advice) line.append(Object.assign(document.createElement('p'), { textContent: `处理办法：${finding.advice}。` }))
    finding.fixes.slice(0, 3).forEach(to => {
      line.append(button(to === '' ? '删去' : finding.private ? `隐去为“${to}”` : `改为“${to}”`, 'found-fix', () => put(entry, to)))
    })
    return line
  }

  function show(found) {
    entries = found
    const focused = list.contains(document.activeElement)
    list.replaceChildren(...[...entries].sort((a, b) => mustMend(b) - mustMend(a)).map(row))
    list.hidden = entries.length === 0
    field.setAttribute('aria-describedby', [said, list.hidden ? '' : list.id].filter(Boolean).join(' '))
    if (!field.getAttribute('aria-describedby')) field.removeAttribute('aria-describedby')
    if (focused) field.focus()
  }

  return { show, visit: select }
}
