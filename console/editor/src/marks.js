// Findings in the text: underlines that move with what is typed and go when their
// words change. They are decorations, no part of the text: they are never saved,
// never undone and never move the cursor.
//
// An entry is {from, to, finding}. One in the note of a picture or table has besides
// the place in it, note: {attr, from, to}; then from and to hold the whole node.

import { NodeSelection, Plugin, PluginKey, TextSelection } from '@tiptap/pm/state'
import { AttrStep } from '@tiptap/pm/transform'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import { closeHistory } from '@tiptap/pm/history'
import { between, noteOf } from './blocks.js'

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
          set = set.remove(set.find(meta.ignore.from, meta.ignore.to).filter(one => isSame(meta.ignore, entryOf(one))))
        }
        if (meta?.found) {
          const fresh = meta.found.filter(entry => !ignored.some(one => isSame(one, entry))).map(decoration)
          if (meta.within) {
            const old = meta.within.flatMap(({ from, to }) => set.find(from, to, spec => spec.finding.alone && !spec.note))
            if (meta.notes) old.push(...set.find(undefined, undefined, spec => spec.note))
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
const isSame = (one, { from, to, finding, note }) => one.rule === finding.rule && one.from === from && one.to === to && one.noteFrom === note?.from
const entryOf = ({ from, to, spec: { finding, note } }) => note ? { from, to, finding, note } : { from, to, finding }

function decoration({ from, to, finding, note }) {
  if (note) return Decoration.node(from, to, { class: `found-node found-node-${finding.severity}` }, { finding, note })
  return Decoration.inline(from, to, { class: `found found-${finding.severity}` }, { finding })
}

// touched are the stretches of the new text that a transaction changed.
function touched(tr) {
  const ranges = []
  tr.mapping.maps.forEach((map, i) => map.forEach((_from, _to, from, to) => {
    const rest = tr.mapping.slice(i + 1)
    ranges.push([rest.map(from, -1), rest.map(to, 1)])
  }))
  tr.steps.forEach((step, i) => {
    if (!(step instanceof AttrStep)) return // the others have their maps
    const at = tr.mapping.slice(i + 1).map(step.pos)
    ranges.push([at, at + 1])
  })
  return ranges
}

// withoutStale drops the findings whose words are no longer there.
function withoutStale(set, doc, from, to) {
  return set.remove(set.find(from, to).filter(one => wordsAt(doc, entryOf(one)) !== one.spec.finding.text))
}

// wordsAt are the words that stand where something was found.
function wordsAt(doc, { from, to, note }) {
  return note ? noteOf(doc.nodeAt(from))?.text.slice(note.from, note.to) : between(doc, from, to)
}

// entriesOf lists what is found, in the order of the text; at one place the gravest
// first.
const GRAVITY = ['block', 'error', 'suspect', 'hint']
export function entriesOf(state) {
  return key.getState(state).set.find().map(entryOf)
    .sort((a, b) => a.from - b.from || (a.note?.from ?? 0) - (b.note?.from ?? 0) || GRAVITY.indexOf(a.finding.severity) - GRAVITY.indexOf(b.finding.severity) || b.to - a.to)
}

// isOne tells whether two entries are one finding at one place.
export const isOne = (a, b) => a.finding === b.finding && a.from === b.from && a.to === b.to && a.note?.from === b.note?.from

// show replaces all findings, or with within only those of some blocks, and with
// notes those of the notes.
export function show(view, found, within = null, notes = true) {
  view.dispatch(view.state.tr.setMeta(key, { found, within, notes }).setMeta('addToHistory', false))
}

export function ignore(view, { from, to, finding, note }) {
  view.dispatch(view.state.tr.setMeta(key, { ignore: { from, to, rule: finding.rule, noteFrom: note?.from } }).setMeta('addToHistory', false))
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
  const fromBehind = (a, b) => b.entry.from - a.entry.from || (b.entry.note?.from ?? 0) - (a.entry.note?.from ?? 0)
  const [notes, texts] = [true, false].map(is => changes.filter(({ entry }) => Boolean(entry.note) === is).sort(fromBehind))
  // A note is an attribute: writing it moves nothing, so notes come first.
  let last = null
  for (const { entry, to } of notes) {
    const { from, note } = entry
    if (wordsAt(state.doc, entry) !== entry.finding.text || (last?.from === from && note.to > last.at)) continue
    const text = tr.doc.nodeAt(from).attrs[note.attr]
    tr.setNodeAttribute(from, note.attr, text.slice(0, note.from) + to + text.slice(note.to))
    last = { from, at: note.from }
    made++
  }
  for (const { entry, to } of texts) {
    if (entry.to > end || wordsAt(state.doc, entry) !== entry.finding.text) continue
    if (to) tr.insertText(to, entry.from, entry.to)
    else tr.delete(entry.from, entry.to)
    end = entry.from
    made++
  }
  if (!made) return 0
  if (changes.length === 1 && texts.length === 1) tr.setSelection(TextSelection.create(tr.doc, changes[0].entry.from + changes[0].to.length)).scrollIntoView()
  view.dispatch(tr)
  view.dispatch(closeHistory(view.state.tr)) // what is typed next is a step of its own
  return made
}

// goTo puts the cursor before a finding and brings it into sight.
export function goTo(view, entry) {
  const { doc, tr } = view.state
  view.dispatch(tr.setSelection(placeOf(doc, entry)).scrollIntoView())
  view.focus()
}

// placeOf is where one stands who looks at a finding: before its words, on its
// picture, in the first cell of its table.
function placeOf(doc, { from, note }) {
  if (!note) return TextSelection.create(doc, from)
  return doc.nodeAt(from).isLeaf ? NodeSelection.create(doc, from) : TextSelection.near(doc.resolve(from + 1))
}
