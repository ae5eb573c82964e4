// The console's text editor. It takes over every <textarea data-editor>; without
// this script the text area itself is the editor, for HTML as it stands.
//
//   data-upload="/console/…"   where pictures are posted (field "file"); the answer
//                              is {"url": "…"}, or {"say": "…"} with a 4xx status
//   data-inspect="/console/…"  where the text is looked into while it is written
//                              (findings.js)
//
// The text area stays the form's field: it always holds the current HTML. After
// each change it fires input, as if somebody had typed in it, and gongkai:changed
// (detail.html). A script that replaced the text area's value fires restored at
// it, and the editor follows.

import { Editor } from '@tiptap/core'
import { extensions } from './schema.js'
import { cleanPaste } from './paste.js'
import { inspectText, sayKeys } from './findings.js'
import { fromHTML, holds, toHTML } from './html.js'
import { toolbar } from './toolbar.js'

const sayLost = '正文里有可视编辑器不能保留的内容，已改为编辑 HTML 原文，以免丢失。'
const sayUpload = '图片没有传上去。请检查网络后再试；正文没有改动。'
const sayHelp = '按 Alt 加 F10 到工具栏，按 Esc 回到正文。在表格里按 Tab 到下一格，按住 Shift 和方向键选中多个单元格。'

let serial = 0

export function mount(area) {
  const id = `editor-${++serial}`
  const box = document.createElement('div')
  box.className = 'editor'
  const holder = document.createElement('div')
  holder.className = 'editor-page'
  const status = document.createElement('p')
  status.className = 'editor-status'
  status.setAttribute('role', 'status')
  const help = document.createElement('p')
  help.className = 'editor-help'
  help.id = `${id}-help`
  help.textContent = area.dataset.inspect ? sayHelp + sayKeys : sayHelp

  const label = area.labels[0]
  if (label && !label.id) label.id = `${id}-label`
  let source = false
  let timer = 0
  let written = area.value
  let touched = false // a text that nobody changed is left as it came
  let looking = null // findings while writing

  const editor = new Editor({
    element: holder,
    extensions,
    content: fromHTML(area.value),
    injectCSS: false,
    editable: !area.disabled && !area.readOnly,
    editorProps: {
      // Where the text is scrolled to must not lie under the toolbar, which stays in sight.
      scrollThreshold: { top: 230, right: 0, bottom: 60, left: 0 },
      scrollMargin: { top: 250, right: 5, bottom: 80, left: 5 },
      attributes: {
        id,
        class: 'editor-text',
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-describedby': [help.id, area.getAttribute('aria-describedby')].filter(Boolean).join(' '),
        ...(label ? { 'aria-labelledby': label.id } : { 'aria-label': area.getAttribute('aria-label') ?? '正文' }),
      },
      transformPastedHTML: html => {
        const { html: plain, lost } = cleanPaste(html)
        if (lost > 0) say(`有 ${lost} 张图片没有一起粘贴过来，请用“图片”逐张上传。`)
        return plain
      },
      handlePaste: (_, event) => takePictures(event, event.clipboardData),
      handleDrop: (_, event) => takePictures(event, event.dataTransfer),
      handleKeyDown: (_, event) => {
        if (event.altKey && event.key === 'F10') {
          tools.focus()
          return true
        }
        if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
          tools.link()
          return true
        }
        return false
      },
    },
    onUpdate: () => {
      touched = true
      clearTimeout(timer)
      timer = setTimeout(flush, 300)
    },
    onBlur: () => flush(),
  })

  function say(sentence) {
    status.textContent = sentence
  }

  // flush writes the text into the form's field and tells the page.
  function flush() {
    clearTimeout(timer)
    if (!source) {
      if (!touched) return
      const html = toHTML(editor)
      if (html === written) return
      written = html
      area.value = html
    } else {
      if (area.value === written) return
      written = area.value
    }
    if (!source) area.dispatchEvent(new Event('input', { bubbles: true }))
    area.dispatchEvent(new CustomEvent('gongkai:changed', { bubbles: true, detail: { html: written } }))
  }

  async function upload(file) {
    const body = new FormData()
    body.append('file', file)
    let answer
    try {
      const response = await fetch(area.dataset.upload, { method: 'POST', body, headers: { Accept: 'application/json' } })
      answer = await response.json()
      if (!response.ok) throw new Error()
      return answer.url
    } catch {
      throw new Error(answer?.say || sayUpload)
    }
  }

  // takePictures uploads picture files that come alone; with text beside them
  // the text is what was meant.
  function takePictures(event, data) {
    const files = [...(data?.files ?? [])].filter(file => /^image\/(png|jpeg|gif|webp)$/.test(file.type))
    if (files.length === 0 || data.types.includes('text/html')) return false
    event.preventDefault()
    if (!area.dataset.upload) return true
    say('正在上传图片……')
    Promise.all(files.map(upload)).then(
      urls => {
        urls.forEach(src => editor.chain().insertContent({ type: 'image', attrs: { src, alt: '' } }).run())
        say('图片已插入。请选中图片，按“图片说明”写明图上有什么。')
      },
      error => say(error.message),
    )
    return true
  }

  function showSource(on) {
    flush()
    source = on
    area.hidden = !on
    holder.hidden = on
    box.classList.toggle('editor-source', on)
    tools.refresh()
    looking?.refresh()
  }

  function toggleSource() {
    if (!source) {
      showSource(true)
      area.focus()
      return
    }
    flush()
    editor.commands.setContent(fromHTML(area.value), { emitUpdate: false })
    if (!holds(area.value, toHTML(editor))) {
      say(sayLost)
      return
    }
    say('')
    showSource(false)
    editor.view.focus()
  }

  const tools = toolbar(editor, { id, upload: area.dataset.upload ? upload : null, toggleSource, isSource: () => source })
  area.before(box)
  box.append(tools.element, status, holder, area, help)
  area.hidden = true
  area.required = false // a hidden field cannot be filled in; the server says what is missing
  label?.addEventListener('click', event => {
    if (source) return
    event.preventDefault()
    editor.view.focus()
  })

  area.addEventListener('input', () => {
    if (!source) return
    clearTimeout(timer)
    timer = setTimeout(flush, 300)
  })
  area.addEventListener('restored', () => {
    editor.commands.setContent(fromHTML(area.value), { emitUpdate: false })
    written = area.value
    touched = false
    settle()
  })
  area.form?.addEventListener('submit', flush)
  area.form?.addEventListener('formdata', event => {
    flush()
    if (area.name) event.formData.set(area.name, area.value)
  })
  window.addEventListener('pagehide', flush)

  // What the editor cannot hold is edited as it stands, never dropped.
  function settle() {
    const held = holds(area.value, toHTML(editor))
    if (held === !source) return
    say(held ? '' : sayLost)
    source = !held
    area.hidden = held
    holder.hidden = !held
    box.classList.toggle('editor-source', source)
    tools.refresh()
    looking?.refresh()
  }
  settle()
  if (area.dataset.inspect) looking = inspectText(editor, { area, box, id, asleep: () => source, editNote: ({ from }) => tools.editNote(from) })
  return editor
}

function mountAll() {
  document.querySelectorAll('textarea[data-editor]').forEach(mount)
}

if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', mountAll)
else mountAll()
