// Findings while writing: underlines in the text, a card with what may be put
// there, a list beside the text, the findings of title and summary under their fields.
//
//   data-inspect="/console/…"    where the text is posted, see watch.js
//   [data-findings]              where the list stands when there is room beside the text

import { card } from './card.js'
import { fieldFindings } from './fields.js'
import { entriesOf, goTo, ignore, isOne, marks, mend } from './marks.js'
import { panel } from './panel.js'
import { watch } from './watch.js'
import { mustMend, spoken } from './words.js'

const FIELDS = ['title', 'summary'] // the one stands before the text, the other after it

export const sayKeys = '检查发现的问题有下划线：按 F8 到下一处，Shift 加 F8 到上一处，Alt 加回车查看和改正。'

// inspectText begins to look into an editor's text. It returns {refresh} for when
// the editor was hidden or shown. editNote opens the form of a note.
export function inspectText(editor, { area, box, id, asleep, editNote }) {
  const { view } = editor
  const { form } = area
  let state = { state: 'waiting' }
  let ofFields = { title: [], summary: [] }
  let watcher = null
  // Exceptions are for what is saved: the button saves, inspects everything and lists
  // what can be excepted.
  const check = [...form?.elements ?? []].find(one => one.name === 'act' && one.value === 'check')

  const entries = () => entriesOf(view.state)
  const masks = certain => entries().filter(entry => entry.finding.private && entry.finding.fixes.length > 0 && mustMend(entry) === certain)

  const list = panel({
    id, box, place: document.querySelector('[data-findings]'),
    visit: i => {
      const entry = entries()[i]
      if (!entry) return
      goTo(view, entry)
      sheet.open(entry, false)
    },
    visitField: entry => fields[entry.field].visit(entry),
    maskAll: certain => {
      const all = masks(certain)
      const made = mend(view, all.map(entry => ({ entry, to: entry.finding.fixes[0] })))
      view.focus()
      list.announce(`已隐去 ${made} 处个人信息，按 Ctrl 加 Z 可以撤销。`)
    },
  })

  const sheet = card({
    id, box, view,
    fix: (entry, to) => {
      if (mend(view, [{ entry, to }])) list.announce(to ? `已改为“${to}”，按 Ctrl 加 Z 可以撤销。` : '已删去，按 Ctrl 加 Z 可以撤销。')
      view.focus()
    },
    ignore: entry => {
      ignore(view, entry)
      list.announce('这一处不再提示，到下次打开这个页面为止。')
      view.focus()
    },
    except: check && (() => form.requestSubmit(check)),
    editNote,
    step,
  })

  const fields = Object.fromEntries(FIELDS.map(name => [name, fieldFindings(form?.elements.namedItem(name), {
    id, changed: () => watcher.changed(), announce: say => list.announce(say),
  })]))

  // at is the finding in which the cursor stands.
  function at(pos = view.state.selection.head) {
    const near = entries().filter(({ from, to }) => from <= pos && pos <= to)
    return near.find(({ note }) => !note) ?? near.findLast(({ note }) => note)
  }

  // under is the finding in a note that somebody clicked at.
  function under(target) {
    if (!target?.closest?.('.editor-picture, caption')) return undefined
    return entries().find(({ from, note }) => note && view.nodeDOM(from)?.contains(target) && target.closest('.editor-picture, table') === view.nodeDOM(from))
  }

  // step goes to the next or previous finding, round at the ends.
  function step(forward) {
    const all = entries()
    if (all.length === 0) {
      list.announce(state.state === 'looked' ? '正文里没有发现问题。' : '还没有检查完。')
      return
    }
    const { from, to } = view.state.selection
    const here = sheet.entry && all.findIndex(one => isOne(one, sheet.entry))
    let i
    if (here !== null && here >= 0) i = here + (forward ? 1 : -1)
    else if (forward) i = all.findIndex(one => one.from > from || (one.from === from && from !== to))
    else i = all.findLastIndex(one => one.from < from)
    if (forward && i < 0) i = 0
    i = (i + all.length) % all.length
    const entry = all[i]
    goTo(view, entry)
    sheet.open(entry, false)
    list.announce(`第 ${i + 1} 处，共 ${all.length} 处。${spoken(entry)}。按 Alt 加回车改正。`)
  }

  const plugin = marks({
    composing: () => view.composing,
    handleKeyDown: (_, event) => {
      if (event.isComposing) return false
      if (event.key === 'F8' && !event.altKey && !event.ctrlKey && !event.metaKey) {
        step(!event.shiftKey)
        return true
      }
      if (event.key === 'Enter' && event.altKey && !event.ctrlKey && !event.metaKey) {
        const entry = sheet.entry ?? at()
        if (entry) sheet.open(entry, true)
        else list.announce('光标所在的地方没有发现问题。按 F8 到下一处。')
        return true
      }
      if (event.key === 'Escape' && sheet.entry) {
        sheet.close()
        return true
      }
      return false
    },
    handleClick: (_, pos, { target }) => {
      const entry = target?.closest?.('.editor-picture, caption') ? under(target) : at(pos)
      if (entry) sheet.open(entry, false)
      return false
    },
    changed: (_, { text, found }) => {
      sheet.follow(text, entries)
      if (text) watcher?.changed()
      if (found) paintIfChanged()
    },
  })
  editor.registerPlugin(plugin, (one, all) => [one, ...all])

  let painted = []
  function paint() {
    painted = state.state === 'asleep' ? [] : entries()
    list.paint({ entries: painted, before: ofFields.title, after: ofFields.summary, state, masks: [masks(true).length, masks(false).length] })
  }

  // While somebody types, findings move all the time; the list is made anew only when
  // one has come or gone.
  function paintIfChanged() {
    const now = entries()
    if (now.length !== painted.length || now.some(({ finding }, i) => finding !== painted[i].finding)) paint()
  }

  watcher = watch({
    view, url: area.dataset.inspect, asleep,
    facts: () => Object.fromEntries([...FIELDS, 'kind', 'made', 'attribute'].map(name => [name, form?.elements.namedItem(name)?.value ?? ''])),
    report: next => {
      state = next.state === 'looking' ? { ...state, state: 'looking' } : next
      if (next.fields) {
        ofFields = next.fields
        for (const name of FIELDS) fields[name].show(ofFields[name])
      }
      paint()
      if (next.state === 'looked' && next.whole) list.tell([...ofFields.title, ...entries(), ...ofFields.summary])
    },
  })

  view.dom.addEventListener('compositionend', () => setTimeout(watcher.composed, 60))
  for (const name of ['kind', 'made', 'attribute']) {
    const field = form?.elements.namedItem(name)
    for (const one of field instanceof RadioNodeList ? field : field ? [field] : []) one.addEventListener('change', watcher.changed)
  }
  paint()
  return { refresh: watcher.changed }
}
