// Looking into the text while it is written: after a pause the text goes to the
// server, and what it finds is shown. Typing never waits. An answer about a text that has
// changed since is dropped; nothing is asked and nothing redrawn while an input
// method is at work, and nothing moves while somebody is pressing a button.
//
// A short text is always looked into as a whole. Of a long one first the paragraphs
// around a change, and the whole at longer pauses, the longer the more it takes.

import { around, blocksOf, HOLE, notesOf } from './blocks.js'
import { show, tidy } from './marks.js'

const PAUSE = 300
const SHORT = 8_000 // characters that are always looked into as a whole
const PART = 6_000
const WHOLE_PAUSE = [2_000, 20_000]
const PATIENCE = 30_000
const AGAIN = 5_000
const RELEASED = 60 // from the lifting of a finger until its click has been taken

// watch returns {changed, composed}. report is told what goes on: {state, say},
// and after an answer the findings of the fields.
export function watch({ view, url, facts, asleep, report }) {
  let timer = 0
  let asking = null // the AbortController of what is under way
  let held = null // an answer that came while an input method was at work or a button pressed
  let pressing = false
  let seen = new WeakSet() // blocks that an answer was about
  let beside = null // the fields and notes that the last answer was about
  let whole = true // the whole text is still to be looked into
  let wholeFrom = 0 // not before this moment
  const known = new Map() // equal findings are one object, so that nothing is redrawn

  const composing = () => view.composing

  function later(pause) {
    clearTimeout(timer)
    timer = setTimeout(begin, pause)
  }

  // changed is called whenever the text or the fields beside it have changed.
  function changed() {
    asking?.abort()
    asking = held = null
    whole = true
    later(PAUSE)
  }

  function begin() {
    if (composing()) return // composed comes back to it
    if (asleep()) {
      report({ state: 'asleep' })
      return
    }
    const blocks = blocksOf(view.state.doc)
    const size = list => list.reduce((n, { text }) => n + text.length, 0)
    const about = facts()
    const notes = notesOf(view.state.doc)
    const words = JSON.stringify([about.title, about.summary, notes.map(({ text }) => text)])
    if (size(blocks) <= SHORT) return ask({ blocks, about, notes, words, fresh: null })
    const fresh = new Set(blocks.filter(({ node }) => !seen.has(node)))
    let near = around(blocks, fresh)
    if (size(near) > PART) near = [...fresh] // beside a paragraph of many pages
    if ((fresh.size || words !== beside) && size(near) <= PART) return ask({ blocks: near, about, notes, words, fresh })
    const wait = wholeFrom - performance.now()
    if (!whole) return
    if (wait > 0) later(wait)
    else ask({ blocks, about, notes, words, fresh: null })
  }

  // ask asks about blocks, notes and fields; fresh are the blocks that the answer is
  // for, null for all of the text.
  async function ask(asked) {
    const { blocks, about, notes, fresh } = asked
    const { doc } = view.state
    const mine = asking = new AbortController()
    const began = performance.now()
    const patience = setTimeout(() => mine.abort('late'), PATIENCE)
    report({ state: 'looking' })
    try {
      const response = await fetch(url, {
        method: 'POST',
        signal: mine.signal,
        headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
        body: JSON.stringify({ ...about, part: Boolean(fresh), blocks: blocks.map(({ text, cell }) => cell ? { text, cell } : { text }), notes: notes.map(({ text }) => text) }),
      })
      const answer = response.headers.get('Content-Type')?.startsWith('application/json') ? await response.json() : {}
      if (mine !== asking) return
      if (!response.ok) {
        failed(response.status, answer.say)
        return
      }
      if (!fresh) {
        const took = performance.now() - began
        wholeFrom = performance.now() + Math.min(WHOLE_PAUSE[1], Math.max(WHOLE_PAUSE[0], 10 * took))
      }
      held = () => take(doc, asked, answer)
      settle()
    } catch (error) {
      if (mine === asking) failed(0)
    } finally {
      clearTimeout(patience)
      if (mine === asking) asking = null
    }
  }

  function settle() {
    if (composing() || pressing) return // composed and released come back to it
    const answer = held
    held = null
    answer?.()
  }

  function failed(status, say) {
    report({ state: 'failed', status, say })
    if (status === 0 || status === 429 || status >= 500) later(AGAIN)
  }

  function take(doc, { blocks, about, notes, words, fresh }, { findings, rules, more }) {
    if (view.state.doc !== doc) return
    const entries = []
    const fields = { title: [], summary: [] }
    const newWords = !fresh || words !== beside
    for (const one of findings) {
      const rule = rules[one.rule]
      const block = one.in === 'text' ? blocks[one.block] : null
      const note = one.in === 'notes' ? notes[one.block] : null
      const entry = placed((block ?? note)?.text ?? about[one.in], one)
      if (!entry) continue
      const fixes = entry.widened || entry.text.includes(HOLE) ? [] : one.fixes ?? []
      const finding = same({
        rule: one.rule, name: rule.name, source: rule.source, severity: one.severity, say: one.say, fixes,
        advice: one.advice ?? '', private: Boolean(one.private), count: one.count ?? 1, text: entry.text,
        alone: Boolean(one.alone),
      })
      if (note) {
        if (newWords) entries.push({ from: note.at, to: note.at + note.size, finding, note: { attr: note.attr, from: entry.from, to: entry.to } })
      } else if (!block) fields[one.in].push({ from: entry.from, to: entry.to, finding, field: one.in })
      else if (!fresh || fresh.has(block)) entries.push({ from: block.from + entry.from, to: block.from + entry.to, finding })
    }
    const within = fresh && [...fresh].map(({ from, node }) => ({ from, to: from + node.content.size }))
    show(view, entries, within, newWords)
    for (const block of blocks) if (!fresh || fresh.has(block)) seen.add(block.node)
    beside = words
    if (!fresh) whole = false
    report({ state: 'looked', whole: !fresh, more: more ?? 0, ...(newWords ? { fields } : {}) })
    if (whole) later(Math.max(PAUSE, wholeFrom - performance.now()))
  }

  function same(finding) {
    const id = JSON.stringify(finding)
    if (known.size > 20_000) known.clear()
    if (!known.has(id)) known.set(id, finding)
    return known.get(id)
  }

  function composed() {
    tidy(view)
    if (held) settle()
    else if (!asking) later(PAUSE)
  }

  function released() {
    if (!pressing) return
    setTimeout(() => {
      pressing = false
      settle()
    }, RELEASED)
  }

  window.addEventListener('pointerdown', () => { pressing = true }, true)
  for (const end of ['pointerup', 'pointercancel', 'blur']) window.addEventListener(end, released, true)

  later(0)
  return { changed, composed }
}

// placed is where a finding is underlined. One between two characters takes in the
// character beside it.
function placed(text, { start, end }) {
  let widened = false
  if (start === end) {
    widened = true
    if (end < text.length) end++
    else if (start > 0) start--
    else return null
  }
  return { from: start, to: end, text: text.slice(start, end), widened }
}
