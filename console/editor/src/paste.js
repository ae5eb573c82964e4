// What comes out of Word and WPS, made plain: their styles, comments and private
// elements go, their lists become lists, tables keep their merged cells.

const JUNK = 'style, script, meta, link, title, xml, object, embed, iframe, form, input, button, select, textarea'

// cleanPaste returns the plain HTML of a paste and how many of its pictures
// stayed on the other side.
export function cleanPaste(html) {
  const doc = new DOMParser().parseFromString(muteStyles(html), 'text/html')
  const body = doc.body
  dropComments(doc, body)
  body.querySelectorAll(JUNK).forEach(element => element.remove())
  // Text struck out by tracked changes is not part of the text.
  body.querySelectorAll('del').forEach(element => element.remove())
  body.querySelectorAll('ins').forEach(unwrapElement)
  body.querySelectorAll('*').forEach(element => {
    // o:p, v:shape, w:sdt, st1:chsdate …
    if (!element.localName.includes(':')) return
    if (/^v:/.test(element.localName)) element.remove()
    else unwrapElement(element)
  })
  body.querySelectorAll('*').forEach(element => {
    if (/display:\s*none|mso-hide:\s*all/i.test(styleOf(element))) element.remove()
  })
  shiftHeadings(doc, body)
  wordLists(doc, body)
  const pictures = [...body.querySelectorAll('img')].filter(img => !isReachable(img))
  pictures.forEach(img => img.remove())
  body.querySelectorAll('p, h2, h3, h4, h5').forEach(stripIndent)
  body.querySelectorAll('p').forEach(dropIfBlank)
  body.querySelectorAll('*').forEach(plain)
  return { html: body.innerHTML, lost: pictures.length }
}

// The page's policy forbids inline styles, even in a document that is only
// parsed. They are read here under another name.
function muteStyles(html) {
  return html.replace(/<style\b[^]*?<\/style>/gi, '').replace(/(<[a-z][^<>]*?\s)style(?=\s*=)/gi, '$1data-said')
}

function styleOf(element) {
  return element.getAttribute('data-said') ?? ''
}

function isReachable(img) {
  return /^(https?:|\/|blob:)/i.test(img.getAttribute('src') ?? '')
}

function dropComments(doc, body) {
  const walk = doc.createTreeWalker(body, NodeFilter.SHOW_COMMENT)
  const comments = []
  while (walk.nextNode()) comments.push(walk.currentNode)
  comments.forEach(node => node.remove())
}

function unwrapElement(element) {
  element.replaceWith(...element.childNodes)
}

// The page's own title is the only first-level heading. A Word text that uses
// its first level moves down by one.
function shiftHeadings(doc, body) {
  for (const p of body.querySelectorAll('p')) {
    const level = /mso-outline-level:\s*([1-5])/.exec(styleOf(p))
    if (level) rename(doc, p, `h${level[1]}`)
  }
  if (!body.querySelector('h1')) return
  for (let level = 6; level >= 1; level--) {
    body.querySelectorAll(`h${level}`).forEach(h => rename(doc, h, `h${Math.min(level + 1, 5)}`))
  }
}

function rename(doc, element, name) {
  const other = doc.createElement(name)
  for (const { name: key, value } of element.attributes) other.setAttribute(key, value)
  other.append(...element.childNodes)
  element.replaceWith(other)
  return other
}

// Word writes a list as paragraphs that say "mso-list: l0 level2 lfo1", each with
// its printed mark in a span. The first mark decides the kind of list.
function wordLists(doc, body) {
  const paragraphs = [...body.querySelectorAll('p[data-said*="mso-list"]')]
  let stack = []
  let last = null
  for (const p of paragraphs) {
    const found = /mso-list:\s*(l\d+)\s+level(\d+)/.exec(styleOf(p))
    if (!found) continue
    const [, id, said] = found
    const level = Number(said)
    const mark = takeMark(p)
    if (stack.length === 0 || stack[0].id !== id || nextElement(last) !== p) stack = []
    while (stack.length && stack.at(-1).level > level) stack.pop()
    let top = stack.at(-1)
    if (!top || top.level < level) {
      const list = doc.createElement(isNumber(mark) ? 'ol' : 'ul')
      const start = Number.parseInt(mark, 10)
      if (list.localName === 'ol' && start > 1) list.setAttribute('start', start)
      if (top) (top.list.lastElementChild ?? top.list.appendChild(doc.createElement('li'))).append(list)
      else p.before(list)
      top = { id, level, list }
      stack.push(top)
    }
    const item = doc.createElement('li')
    const text = doc.createElement('p')
    text.append(...p.childNodes)
    item.append(text)
    top.list.append(item)
    last = stack[0].list
    p.remove()
  }
}

function nextElement(element) {
  return element?.nextElementSibling ?? null
}

function takeMark(p) {
  for (const span of p.querySelectorAll('span')) {
    if (/mso-list:\s*Ignore/i.test(styleOf(span))) {
      const mark = span.textContent.replace(/[\s\u00a0]+/g, '')
      let outer = span
      while (outer.parentElement !== p && outer.parentElement.textContent === span.textContent) outer = outer.parentElement
      outer.remove()
      return mark
    }
  }
  return ''
}

function isNumber(mark) {
  return /^[(（]?([0-9]+|[a-zA-Z]|[ivxIVX]+|[一二三四五六七八九十百]+|[①-⑳])[)）.．、]?$/.test(mark) && !/^[o§·]$/.test(mark)
}

// The first line of a paragraph is indented by the page, not by spaces.
function stripIndent(element) {
  let node = element.firstChild
  while (node && node.nodeType !== Node.TEXT_NODE) node = node.firstChild
  if (node) node.data = node.data.replace(/^[\s\u3000\u00a0]+/, '')
}

function dropIfBlank(p) {
  if (p.closest('td, th')) return
  if (!p.textContent.replace(/[\s\u3000\u00a0]+/g, '') && !p.querySelector('img, table')) p.remove()
}

const KEEP = { td: ['colspan', 'rowspan'], th: ['colspan', 'rowspan', 'scope'], a: ['href'], img: ['src', 'alt'], ol: ['start'] }

// plain keeps of an element what has a meaning: its kind, its spans, its
// address, and of its style the alignment and the weight of the letters.
function plain(element) {
  const align = /text-align:\s*(center|right)/.exec(styleOf(element))?.[1]
    ?? /^(center|right)$/i.exec(element.getAttribute('align') ?? '')?.[1]?.toLowerCase()
  const weight = element.localName === 'span' && /font-weight:\s*(bold|[6-9]00)/.test(styleOf(element))
  const kept = KEEP[element.localName] ?? []
  for (const { name } of [...element.attributes]) if (!kept.includes(name)) element.removeAttribute(name)
  if (align && /^(p|h[2-5]|td|th)$/.test(element.localName)) element.className = `al-${align}`
  if (weight) rename(element.ownerDocument, element, 'strong')
  if (/^(font|center|big|small)$/.test(element.localName)) unwrapElement(element)
}
