// Findings while writing: underlines in the text, a card with what may be put
// there, a list beside the text, the findings of the title under its field.
//
//   data-inspect="/console/…"    where the text is posted, see watch.js
//   [data-findings]              where the list stands when there is room beside the text

import { card } from './card.js'
import { entriesOf, goTo, ignore, marks, mend } from './marks.js'
import { panel } from './panel.js'
import { titleFindings } from './title.js'
import { watch } from './watch.js'
import { mustMend } from './words.js'

export const sayKeys = '检查发现的问题有下划线：按 F8 到下一处，Shift 加 F8 到上一处，Alt 加回车查看和改正。'

// inspectText begins to look into an editor's text. It returns {refresh} for when
// the editor was hidden or shown.
export function inspectText(editor, { area, box, id, asleep }) {
  const { view } = editor
  const { form } = area
  let state = { state: 'waiting' }
  let ofTitle = []
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
    visitTitle: entry => title.visit(entry),
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
    step,
  })

  const title = titleFindings(form?.elements.namedItem('title'), { id, changed: () => watcher.changed() })

  // at is the finding in which the cursor stands.
  function at(pos = view.state.selection.head) {
    return entries().find(({ from, to }) => from <= pos && pos <= to)
  }

  // step goes to the next or previous finding, round at the ends.
  function step(forward) {
    const all = entries()
    if (all.length === 0) {
      list.announce(state.state === 'looked' ? '正文里没有发现问题。' : '还没有检查完。')
      return
    }
    const { from, to } = view.state.selection
    const here = sheet.entry && all.findIndex(one => one.from === sheet.entry.from && one.to === sheet.entry.to && one.finding === sheet.entry.finding)
    let i
    if (here !== null && here >= 0) i = here + (forward ? 1 : -1)
    else if (forward) i = all.findIndex(one => one.from > from || (one.from === from && from !== to))
    else i = all.findLastIndex(one => one.from < from)
    if (forward && i < 0) i = 0
    i = (i + all.length) % all.length
    const entry = all[i]
    goTo(view, entry)
    sheet.open(entry, false)
    list.announce(`第 ${i + 1} 处，共 ${all.length} 处。${list.words(entry)}。按 Alt 加回车改正。`)
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
        const entry = at()
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
    handleClick: (_, pos) => {
      const entry = at(pos)
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
    list.paint({ entries: painted, title: ofTitle, state, masks: [masks(true).length, masks(false).length] })
  }

  // While somebody types, findings move all the time; the list is made anew only when
  // one has come or gone.
  function paintIfChanged() {
    const now = entries()
    if (now.length !== painted.length || now.some(({ finding }, i) => finding !== painted[i].finding)) paint()
  }

  watcher = watch({
    view, url: area.dataset.inspect, asleep,
    facts: () => Object.fromEntries(['title', 'kind', 'made', 'attribute'].map(name => [name, form?.elements.namedItem(name)?.value ?? ''])),
    report: next => {
      state = next.state === 'looking' ? { ...state, state: 'looking' } : next
      if (next.title) {
        ofTitle = next.title
        title.show(ofTitle)
      }
      paint()
      if (next.state === 'looked' && next.whole) list.tell(entries(), ofTitle)
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
