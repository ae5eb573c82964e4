// Findings in the text: underlines that move with what is typed and go when their
// words change. They are decorations, no part of the text: they are never saved,
// never undone and never move the cursor.

import { Plugin, PluginKey, TextSelection } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import { closeHistory } from '@tiptap/pm/history'
import { between } from './blocks.js'

const key = new PluginKey('findings')

// marks makes the plugin. composing tells whether an input method is at work: then
// nothing is taken away, for a redraw would end the composition.
export function marks({ composing, handleKeyDown, handleClick, changed }) {
  return new Plugin({
    key,
    state: {
      init: () => ({ set: DecorationSet.empty, ignored: [] }),
      apply(tr, { set, ignored }) {
        const meta = tr.getMeta(key)
        if (tr.docChanged) {
          set = set.map(tr.mapping, tr.doc)
          ignored = ignored.map(one => moved(one, tr.mapping)).filter(one => one.from < one.to)
          if (!composing()) for (const [from, to] of touched(tr)) set = withoutStale(set, tr.doc, from, to)
        }
        if (meta?.tidy) set = withoutStale(set, tr.doc)
        if (meta?.ignore) {
          ignored = [...ignored, meta.ignore]
          set = set.remove(set.find(meta.ignore.from, meta.ignore.to, spec => spec.finding.rule === meta.ignore.rule))
        }
        if (meta?.found) {
          const fresh = meta.found.filter(entry => !ignored.some(one => isSame(one, entry))).map(decoration)
          if (meta.within) {
            const old = meta.within.flatMap(({ from, to }) => set.find(from, to, spec => spec.finding.alone))
            set = set.remove(old).add(tr.doc, fresh)
          } else {
            set = DecorationSet.create(tr.doc, fresh)
          }
        }
        return { set, ignored }
      },
    },
    props: {
      decorations: state => key.getState(state).set,
      handleKeyDown,
      handleClick,
    },
    view: () => ({
      update(view, before) {
        const text = view.state.doc !== before.doc
        const found = key.getState(view.state).set !== key.getState(before).set
        if (text || found || view.state.selection !== before.selection) changed(view, { text, found })
      },
    }),
  })
}

const moved = (one, mapping) => ({ ...one, from: mapping.map(one.from, 1), to: mapping.map(one.to, -1) })
const isSame = (one, { from, to, finding }) => one.rule === finding.rule && one.from === from && one.to === to

function decoration({ from, to, finding }) {
  return Decoration.inline(from, to, { class: `found found-${finding.severity}` }, { finding })
}

// touched are the stretches of the new text that a transaction changed.
function touched(tr) {
  const ranges = []
  tr.mapping.maps.forEach((map, i) => map.forEach((_from, _to, from, to) => {
    const rest = tr.mapping.slice(i + 1)
    ranges.push([rest.map(from, -1), rest.map(to, 1)])
  }))
  return ranges
}

// withoutStale drops the findings whose words are no longer there.
function withoutStale(set, doc, from, to) {
  return set.remove(set.find(from, to).filter(one => between(doc, one.from, one.to) !== one.spec.finding.text))
}

// entriesOf lists what is found, in the order of the text; at one place the gravest
// first.
const GRAVITY = ['block', 'error', 'suspect', 'hint']
export function entriesOf(state) {
  return key.getState(state).set.find().map(({ from, to, spec }) => ({ from, to, finding: spec.finding }))
    .sort((a, b) => a.from - b.from || GRAVITY.indexOf(a.finding.severity) - GRAVITY.indexOf(b.finding.severity) || b.to - a.to)
}

// show replaces all findings, or with within only those of some blocks.
export function show(view, found, within = null) {
  view.dispatch(view.state.tr.setMeta(key, { found, within }).setMeta('addToHistory', false))
}

export function ignore(view, { from, to, finding }) {
  view.dispatch(view.state.tr.setMeta(key, { ignore: { from, to, rule: finding.rule } }).setMeta('addToHistory', false))
}

export function tidy(view) {
  view.dispatch(view.state.tr.setMeta(key, { tidy: true }).setMeta('addToHistory', false))
}

// mend puts words in the place of findings, as one step that undo takes back.
// changes are {entry, to}, none over another; it returns how many were made.
export function mend(view, changes) {
  const { state } = view
  const tr = closeHistory(state.tr)
  let end = Infinity
  let made = 0
  for (const { entry, to } of [...changes].sort((a, b) => b.entry.from - a.entry.from)) {
    if (entry.to > end || between(state.doc, entry.from, entry.to) !== entry.finding.text) continue
    if (to) tr.insertText(to, entry.from, entry.to)
    else tr.delete(entry.from, entry.to)
    end = entry.from
    made++
  }
  if (!made) return 0
  if (changes.length === 1) tr.setSelection(TextSelection.create(tr.doc, changes[0].entry.from + changes[0].to.length)).scrollIntoView()
  view.dispatch(tr)
  view.dispatch(closeHistory(view.state.tr)) // what is typed next is a step of its own
  return made
}

// goTo puts the cursor before a finding and brings it into sight.
export function goTo(view, entry) {
  view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, entry.from)).scrollIntoView())
  view.focus()
}
