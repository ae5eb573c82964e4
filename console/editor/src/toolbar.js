// The row of buttons above the text. It is one stop of the Tab key; inside it
// the arrow keys move (the toolbar pattern of the ARIA practices guide).

import { NodeSelection } from '@tiptap/pm/state'
import { isInTable } from '@tiptap/pm/tables'
import { noteOf } from './blocks.js'
import { ask } from './dialog.js'

const sayAddress = '请填写链接地址，以 http、https、mailto 开头，或者是本站以 / 开头的地址。'

export function toolbar(editor, options) {
  const bar = document.createElement('div')
  bar.className = 'editor-toolbar'
  bar.setAttribute('role', 'toolbar')
  bar.setAttribute('aria-label', '编辑工具')
  bar.setAttribute('aria-controls', options.id)

  const run = command => () => {
    editor.view.focus()
    command(editor.chain()).run()
  }
  const dialog = form => ask({ ...form, closed: () => editor.view.focus() })
  const heading = level => ({
    label: ['一级标题', '二级标题', '三级标题'][level - 2],
    keys: `Ctrl+Alt+${level}`,
    act: run(chain => chain.toggleHeading({ level })),
    pressed: () => editor.isActive('heading', { level }),
  })
  const align = (label, value, keys) => ({
    label, keys,
    act: run(chain => chain.setAlign(value)),
    pressed: () => value !== null && (editor.isActive({ align: value })),
  })

  const groups = [
    ['撤销与重做', [
      { label: '撤销', keys: 'Ctrl+Z', act: run(c => c.undo()), able: () => editor.can().undo() },
      { label: '重做', keys: 'Ctrl+Y', act: run(c => c.redo()), able: () => editor.can().redo() },
    ]],
    ['段落', [
      { label: '正文', keys: 'Ctrl+Alt+0', act: run(c => c.setParagraph()), pressed: () => editor.isActive('paragraph') },
      heading(2), heading(3), heading(4),
    ]],
    ['文字', [
      { label: '加粗', keys: 'Ctrl+B', act: run(c => c.toggleBold()), pressed: () => editor.isActive('bold') },
      { label: '上标', act: run(c => c.toggleMark('superscript')), pressed: () => editor.isActive('superscript') },
      { label: '清除格式', act: run(c => c.unsetAllMarks()) },
    ]],
    ['列表', [
      { label: '项目列表', keys: 'Ctrl+Shift+8', act: run(c => c.toggleBulletList()), pressed: () => editor.isActive('bulletList') },
      { label: '编号列表', keys: 'Ctrl+Shift+7', act: run(c => c.toggleOrderedList()), pressed: () => editor.isActive('orderedList') },
      { label: '降一级', keys: 'Ctrl+]', act: run(c => c.sinkListItem('listItem')), able: () => editor.can().sinkListItem('listItem') },
      { label: '升一级', keys: 'Ctrl+[', act: run(c => c.liftListItem('listItem')), able: () => editor.can().liftListItem('listItem') },
    ]],
    ['对齐', [align('靠左', null, 'Ctrl+Shift+L'), align('居中', 'center', 'Ctrl+Shift+E'), align('靠右', 'right', 'Ctrl+Shift+R')]],
    ['插入', [
      { label: '链接', keys: 'Ctrl+K', act: () => askLink(editor, dialog), pressed: () => editor.isActive('link'), opens: true },
      ...(options.upload ? [{ label: '图片', act: () => askPicture(editor, dialog, options), opens: true }] : []),
      { label: '表格', act: () => askTable(editor, dialog), able: () => !isInTable(editor.state), opens: true },
      { label: '分隔线', act: run(c => c.setHorizontalRule()) },
    ]],
    ['原文', [
      { label: 'HTML 原文', act: options.toggleSource, pressed: options.isSource, always: true },
    ]],
    ['表格', [
      { label: '上方加行', act: run(c => c.addRowBefore()) },
      { label: '下方加行', act: run(c => c.addRowAfter()) },
      { label: '左侧加列', act: run(c => c.addColumnBefore()) },
      { label: '右侧加列', act: run(c => c.addColumnAfter()) },
      { label: '删除行', act: run(c => c.deleteRow()) },
      { label: '删除列', act: run(c => c.deleteColumn()) },
      { label: '合并单元格', hint: '按住 Shift 和方向键选中多个单元格', act: run(c => c.mergeCells()), able: () => editor.can().mergeCells() },
      { label: '拆分单元格', act: run(c => c.splitCell()), able: () => editor.can().splitCell() },
      { label: '标题行', act: run(c => c.toggleHeaderRow()) },
      { label: '标题列', act: run(c => c.toggleHeaderColumn()) },
      { label: '表格名称', act: () => editNote(editor, tableAt(editor.state.selection), dialog), opens: true },
      { label: '删除表格', act: run(c => c.deleteTable()) },
    ], () => isInTable(editor.state)],
    ['图片', [
      { label: '图片说明', act: () => editNote(editor, editor.state.selection.from, dialog), opens: true },
      { label: '删除图片', act: run(c => c.deleteSelection()) },
    ], () => isPicture(editor.state.selection)],
  ]

  // The tools for tables and pictures have a line of their own, so that nothing moves
  // under the mouse when the cursor enters one.
  const strips = [0, 1].map(() => bar.appendChild(Object.assign(document.createElement('div'), { className: 'editor-strip' })))
  const all = []
  const sections = groups.map(([label, tools, shown]) => {
    const group = document.createElement('div')
    group.className = 'editor-group'
    group.setAttribute('role', 'group')
    group.setAttribute('aria-label', label)
    for (const tool of tools) {
      const b = document.createElement('button')
      b.type = 'button'
      b.textContent = tool.label
      b.tabIndex = -1
      if (tool.keys) {
        b.title = `${tool.label}（${tool.keys}）`
        b.setAttribute('aria-keyshortcuts', tool.keys.replace('Ctrl', 'Control'))
      }
      if (tool.hint) b.title = tool.hint
      if (tool.opens) b.setAttribute('aria-haspopup', 'dialog')
      // The mouse must not take the selection out of the text.
      b.addEventListener('mousedown', event => event.preventDefault())
      b.addEventListener('click', () => {
        if (b.getAttribute('aria-disabled') !== 'true') tool.act()
      })
      b.addEventListener('focus', () => rove(b))
      group.append(b)
      all.push({ b, tool, group })
    }
    strips[shown ? 1 : 0].append(group)
    return { group, shown }
  })

  const reachable = () => all.filter(({ group }) => !group.hidden).map(({ b }) => b)
  const rove = to => all.forEach(({ b }) => { b.tabIndex = b === to ? 0 : -1 })
  rove(all[0].b)

  bar.addEventListener('keydown', event => {
    const row = reachable()
    const at = row.indexOf(document.activeElement)
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: row.length - 1 }[event.key]
    if (event.key === 'Escape') {
      event.preventDefault()
      editor.view.focus()
    } else if (next !== undefined && at >= 0) {
      event.preventDefault()
      row[(next + row.length) % row.length].focus()
    }
  })

  function refresh() {
    const source = options.isSource()
    for (const { group, shown } of sections) group.hidden = Boolean(shown) && (source || !shown())
    for (const { b, tool } of all) {
      if (tool.pressed) b.setAttribute('aria-pressed', String(Boolean(tool.pressed())))
      const off = !tool.always && (source || (tool.able && !tool.able()))
      b.setAttribute('aria-disabled', String(Boolean(off)))
    }
    const current = all.find(({ b }) => b.tabIndex === 0)
    if (current.group.hidden) rove(all[0].b)
  }
  editor.on('transaction', refresh)
  refresh()

  return {
    element: bar,
    refresh,
    focus: () => all.find(({ b }) => b.tabIndex === 0).b.focus(),
    link: () => askLink(editor, dialog),
    editNote: at => editNote(editor, at, dialog),
  }
}

function askLink(editor, dialog) {
  const href = editor.getAttributes('link').href ?? ''
  const empty = editor.state.selection.empty && !href
  dialog({
    title: href ? '修改链接' : '插入链接',
    submit: href ? '保存链接' : '插入链接',
    fields: [
      {
        name: 'href', label: '链接地址', value: href, required: sayAddress,
        check: v => /^(https?:\/\/\S+|mailto:\S+@\S+|tel:[\d+-]+|\/(?!\/)\S*)$/i.test(v) ? '' : sayAddress,
      },
      ...(empty ? [{ name: 'text', label: '显示的文字', required: '请填写显示的文字，说明链接通向哪里，不要写“点击这里”。' }] : []),
    ],
    remove: href ? { label: '取消链接', act: () => editor.chain().extendMarkRange('link').unsetLink().run() } : null,
    done: ({ href, text }) => {
      const chain = editor.chain()
      if (empty) chain.insertContent({ type: 'text', text, marks: [{ type: 'link', attrs: { href } }] }).run()
      else chain.extendMarkRange('link').setLink({ href }).run()
    },
  })
}

function askPicture(editor, dialog, options) {
  dialog({
    title: '插入图片',
    submit: '上传并插入',
    fields: [
      { name: 'file', label: '图片文件', type: 'file', accept: 'image/png,image/jpeg,image/gif,image/webp', hint: 'PNG、JPEG、GIF 或 WebP。', required: '请选择图片文件。' },
      { name: 'alt', label: '图片说明', hint: '读屏软件会读出这句话。请写明图上有什么；图上的文字也要写出来。', required: '请填写图片说明，看不见图片的人靠它了解内容。' },
    ],
    done: async ({ file, alt }) => {
      const src = await options.upload(file)
      editor.chain().insertContent({ type: 'image', attrs: { src, alt } }).run()
    },
  })
}

function askTable(editor, dialog) {
  const count = (name, label, value, max) => ({
    name, label, value, type: 'number', min: 1, max,
    check: v => Number.isInteger(Number(v)) && v >= 1 && v <= max ? '' : `${label}请填 1 到 ${max} 的整数。`,
  })
  dialog({
    title: '插入表格',
    submit: '插入表格',
    fields: [
      { name: 'caption', label: '表格名称（可以不填）' },
      count('rows', '行数', 3, 200),
      count('cols', '列数', 3, 20),
      { name: 'header', label: '第一行是标题行', type: 'checkbox', value: true },
    ],
    done: ({ caption, rows, cols, header }) => {
      editor.chain().insertTable({ rows: Number(rows), cols: Number(cols), withHeaderRow: header })
        .updateAttributes('table', { caption }).run()
    },
  })
}

const isPicture = selection => selection instanceof NodeSelection && noteOf(selection.node)?.attr === 'alt'

// tableAt is where the table around a selection stands.
function tableAt({ $from }) {
  for (let depth = $from.depth; depth > 0; depth--) {
    if ($from.node(depth).type.spec.tableRole === 'table') return $from.before(depth)
  }
  return -1
}

const NOTE_FORMS = {
  alt: { title: '图片说明', label: '图片说明', submit: '保存说明', hint: '读屏软件会读出这句话。请写明图上有什么；图上的文字也要写出来。' },
  caption: { title: '表格名称', label: '表格名称', submit: '保存名称', hint: '写在表格上方，说明表里是什么。' },
}

// editNote asks for the note of the picture or table that stands at a place.
function editNote(editor, at, dialog) {
  const node = editor.state.doc.nodeAt(at)
  const note = noteOf(node)
  if (!note) return
  const { title, label, submit, hint } = NOTE_FORMS[note.attr]
  dialog({
    title, submit,
    fields: [{ name: 'note', label, value: note.text, hint }],
    done: ({ note: text }) => { editor.view.dispatch(editor.state.tr.setNodeAttribute(at, note.attr, text)) },
  })
}
