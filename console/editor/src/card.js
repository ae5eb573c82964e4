// The card of one finding, at its words: what is wrong, why, what may be put there.
// It opens beside the cursor without taking the keyboard; Alt and Enter go into it.

import { isOne } from './marks.js'
import { button, label, mustMend, quoted, whereName } from './words.js'

//
// except leads to where an exception is asked for, null where there is no such place;
// editNote opens the form of the note a finding stands in.
export function card({ id, box, view, fix, ignore, except, editNote, step }) {
  const element = document.createElement('div')
  element.className = 'found-card'
  element.hidden = true
  element.setAttribute('role', 'dialog')
  element.setAttribute('aria-labelledby', `${id}-card-name`)
  element.setAttribute('aria-describedby', `${id}-card-say`)
  box.append(element)
  let entry = null

  function open(next, focus) {
    entry = next
    fill()
    element.hidden = false
    put()
    if (focus) (element.querySelector('.found-fixes button') ?? element.querySelector('button')).focus()
  }

  function close() {
    if (!entry) return
    const inside = element.contains(document.activeElement)
    entry = null
    element.hidden = true
    if (inside) view.focus()
  }

  const add = (parent, name, className, text) => {
    const one = document.createElement(name)
    one.className = className
    one.textContent = text
    parent.append(one)
    return one
  }

  function fill() {
    const { finding } = entry
    element.className = `found-card found-card-${finding.severity}`
    element.replaceChildren()
    const head = add(element, 'p', 'found-card-head', '')
    head.id = `${id}-card-name`
    head.append(label(finding), ` ${whereName(entry)}${finding.name} `, Object.assign(document.createElement('span'), { className: 'found-quote', textContent: quoted(entry) }))
    const say = add(element, 'p', 'found-card-say', finding.count > 1 ? `${finding.say}。同类共 ${finding.count} 处。` : finding.say)
    say.id = `${id}-card-say`
    if (finding.advice) add(element, 'p', 'found-card-advice', `处理办法：${finding.advice}。`)
    if (finding.source) add(element, 'p', 'found-card-why', `依据：${finding.source}`)
    if (finding.fixes.length) {
      const fixes = add(element, 'div', 'found-fixes', '')
      finding.fixes.slice(0, 9).forEach((to, i) => {
        const verb = to === '' ? '删去' : finding.private ? `隐去为“${to}”` : `改为“${to}”`
        const b = button('', 'found-fix', () => apply(to))
        b.append(Object.assign(document.createElement('kbd'), { textContent: String(i + 1) }), verb)
        b.setAttribute('aria-keyshortcuts', String(i + 1))
        fixes.append(b)
      })
    }
    const rest = add(element, 'div', 'found-card-rest', '')
    if (finding.severity === 'block') {
      rest.before(add(element, 'p', 'found-card-why', '不改正不能发布。依法需要保留的，由没有起草这份文稿的保密审查人员或者政务公开机构登记例外。'))
    } else {
      rest.append(button('忽略本处', 'found-quiet', () => {
        const one = entry
        close()
        ignore(one)
      }))
    }
    if (entry.note) rest.append(button(entry.note.attr === 'alt' ? '修改图片说明…' : '修改表格名称…', 'found-quiet', () => editNote(entry)))
    if (except && mustMend(entry)) rest.append(button('登记例外…', 'found-quiet', except))
    rest.append(button('下一处', 'found-quiet', () => step(true)), button('关闭', 'found-quiet', () => { close(); view.focus() }))
  }

  function apply(to) {
    const one = entry
    close()
    fix(one, to)
  }

  // put places the card under its words, inside the editor. Where the screen is
  // narrow the style sheet keeps it at the lower edge instead.
  function put() {
    element.style.left = element.style.top = ''
    if (getComputedStyle(element).position === 'fixed') return
    const frame = box.getBoundingClientRect()
    const { left, bottom } = placeOf(entry)
    element.style.left = `${Math.max(8, Math.min(left - frame.left, frame.width - element.offsetWidth - 8))}px`
    element.style.top = `${bottom - frame.top + 6}px`
  }

  // placeOf is where the words of a finding stand on the screen.
  function placeOf({ from, to, note }) {
    if (!note) return { left: view.coordsAtPos(from).left, bottom: view.coordsAtPos(to, -1).bottom }
    const node = view.nodeDOM(from)
    return (node.querySelector(':scope > caption, :scope > .editor-alt') ?? node).getBoundingClientRect()
  }

  // follow keeps up with the text: the card of a finding that is gone, or that the
  // cursor has left, closes.
  function follow(text, entries) {
    if (!entry || element.contains(document.activeElement)) {
      if (!entry || !text) return
    }
    const { head } = view.state.selection
    const still = entries().find(one => (one.note ? isOne(one, entry) : one.finding === entry.finding) && one.from <= head && head <= one.to)
    if (text || !still) close()
    else entry = still
  }

  element.addEventListener('keydown', event => {
    if (event.isComposing) return
    const { finding } = entry
    if (event.key === 'Escape') {
      event.preventDefault()
      close()
      view.focus()
    } else if (event.key === 'F8') {
      event.preventDefault()
      step(!event.shiftKey)
    } else if (/^[1-9]$/.test(event.key) && !event.altKey && !event.ctrlKey && !event.metaKey && finding.fixes[event.key - 1] !== undefined) {
      event.preventDefault()
      apply(finding.fixes[event.key - 1])
    }
  })
  element.addEventListener('focusout', event => {
    if (event.relatedTarget && !element.contains(event.relatedTarget) && !view.dom.contains(event.relatedTarget)) close()
  })

  return { open, close, follow, get entry() { return entry } }
}
