// Pictures and tables as they stand in the editor, with what is found in their notes:
// the alternative text of a picture, the name of a table. The words are underlined
// where they stand; the alternative text of a picture, which nobody sees, is shown
// under it while something is found in it.

import { noteOf } from './blocks.js'

// found are the findings of the note among the decorations of a node, in order.
function found(decorations) {
  return decorations.map(one => ({ note: one.spec.note, finding: one.spec.finding })).filter(one => one.note).sort((a, b) => a.note.from - b.note.from)
}

// underlined is a text with its findings underlined.
function underlined(text, all) {
  const parts = []
  let at = 0
  for (const { note: { from, to }, finding } of all) {
    if (from < at || to > text.length) continue // under another, or about an older text
    if (from > at) parts.push(text.slice(at, from))
    const span = document.createElement('span')
    span.className = `found found-${finding.severity}`
    span.textContent = text.slice(from, to)
    parts.push(span)
    at = to
  }
  if (at < text.length) parts.push(text.slice(at))
  return parts
}

// pictureView is a picture; inline is whether it stands in a line.
export const pictureView = inline => ({ node, decorations }) => {
  const dom = document.createElement(inline ? 'span' : 'div')
  dom.className = 'editor-picture'
  const image = document.createElement('img')
  const words = document.createElement('span')
  words.className = 'editor-alt'
  dom.append(image, words)
  const type = node.type

  function draw(next, decorations) {
    for (const name of ['src', 'alt', 'width', 'height']) {
      const value = next.attrs[name]
      if (value === null || value === undefined) image.removeAttribute(name)
      else if (image.getAttribute(name) !== String(value)) image.setAttribute(name, value)
    }
    const all = found(decorations)
    words.hidden = all.length === 0
    words.replaceChildren(...all.length ? ['图片说明：', ...underlined(noteOf(next).text, all)] : [])
  }
  draw(node, decorations)

  return {
    dom,
    update(next, decorations) {
      if (next.type !== type) return false
      draw(next, decorations)
      return true
    },
    ignoreMutation: mutation => mutation.type !== 'selection',
  }
}

// tableView is a table with its name above it.
export function tableView({ node, decorations }) {
  const dom = document.createElement('table')
  const caption = document.createElement('caption')
  caption.contentEditable = 'false'
  const contentDOM = document.createElement('tbody')
  dom.append(contentDOM)
  const type = node.type

  function draw(next, decorations) {
    const { text } = noteOf(next)
    if (!text) {
      caption.remove()
      return
    }
    caption.replaceChildren(...underlined(text, found(decorations)))
    if (caption.parentNode !== dom) dom.prepend(caption)
  }
  draw(node, decorations)

  return {
    dom,
    contentDOM,
    update(next, decorations) {
      if (next.type !== type) return false
      draw(next, decorations)
      return true
    },
    ignoreMutation: mutation => mutation.type !== 'selection' && (mutation.target === dom || caption.contains(mutation.target)),
  }
}
