// What a text may consist of: the same vocabulary that the readers of uploaded
// files write and that the server's sanitiser lets through. No element gets a
// style attribute; the page's policy would ignore it and print would lose it.

import { Extension, Mark, Node } from '@tiptap/core'
import StarterKit from '@tiptap/starter-kit'
import Image from '@tiptap/extension-image'
import { ListItem } from '@tiptap/extension-list'
import { Table, TableCell, TableHeader, TableRow } from '@tiptap/extension-table'
import { pictureView, tableView } from './notes.js'

// Where a text stands between the margins, as the class that the page knows.
const ALIGN = ['center', 'right', 'justify', 'number']

// Alignment as a class, read also from what Word and old pages say.
const Align = Extension.create({
  name: 'align',
  addGlobalAttributes() {
    return [{
      types: ['paragraph', 'heading', 'tableCell', 'tableHeader'],
      attributes: {
        align: {
          default: null,
          parseHTML: element => {
            for (const align of ALIGN) {
              if (element.classList.contains(`al-${align}`)) return align
            }
            const said = (element.style.textAlign || element.getAttribute('align') || '').toLowerCase()
            if (said === 'center') return 'center'
            return said === 'right' || said === 'end' ? 'right' : null
          },
          renderHTML: attributes => attributes.align ? { class: `al-${attributes.align}` } : {},
        },
      },
    }]
  },
  addCommands() {
    return {
      setAlign: align => ({ commands }) =>
        ['paragraph', 'heading'].map(type => commands.updateAttributes(type, { align })).some(Boolean),
    }
  },
  addKeyboardShortcuts() {
    return {
      'Mod-Shift-l': () => this.editor.commands.setAlign(null),
      'Mod-Shift-e': () => this.editor.commands.setAlign('center'),
      'Mod-Shift-r': () => this.editor.commands.setAlign('right'),
    }
  },
})

// The two ends of a note: its mark in the text and the note below.
const NoteEnds = Extension.create({
  name: 'noteEnds',
  addGlobalAttributes() {
    return [{
      types: ['listItem', 'link'],
      attributes: {
        id: { default: null, parseHTML: element => /^fn(ref)?-\d+$/.test(element.id) ? element.id : null },
      },
    }]
  },
})

const Superscript = Mark.create({
  name: 'superscript',
  priority: 1001, // around a link, as in the mark of a note
  excludes: 'subscript',
  parseHTML: () => [{ tag: 'sup' }, { style: 'vertical-align=super' }],
  renderHTML: () => ['sup', 0],
})

const Subscript = Mark.create({
  name: 'subscript',
  excludes: 'superscript',
  parseHTML: () => [{ tag: 'sub' }, { style: 'vertical-align=sub' }],
  renderHTML: () => ['sub', 0],
})

// The notes below a text are a section of their own.
const Section = Node.create({
  name: 'section',
  group: 'block',
  content: 'block+',
  defining: true,
  parseHTML: () => [{ tag: 'section.footnotes' }],
  renderHTML: () => ['section', { class: 'footnotes' }, 0],
})

// A picture with the line below it.
const Figure = Node.create({
  name: 'figure',
  group: 'block',
  content: 'picture caption?',
  isolating: true,
  parseHTML: () => [{ tag: 'figure', getAttrs: element => element.querySelector('img') ? null : false }],
  renderHTML: () => ['figure', 0],
})

function addAttributes() {
  return { src: { default: null }, alt: { default: '' }, width: { default: null }, height: { default: null } }
}

const Picture = Image.extend({
  name: 'picture',
  group: 'block',
  parseHTML: () => [{ tag: 'figure > img', priority: 100 }],
  addAttributes,
  addNodeView: () => pictureView(false),
})

const Caption = Node.create({
  name: 'caption',
  content: 'inline*',
  defining: true,
  parseHTML: () => [{ tag: 'figcaption' }],
  renderHTML: () => ['figcaption', 0],
})

const InlinePicture = Image.configure({ inline: true }).extend({ addAttributes, addNodeView: () => pictureView(true) })

// A cell has its spans; its alignment is Align's, as a class.
const spans = {
  addAttributes() {
    const count = name => ({
      default: 1,
      parseHTML: element => Math.max(1, Number.parseInt(element.getAttribute(name), 10) || 1),
      renderHTML: attributes => attributes[name] > 1 ? { [name]: attributes[name] } : {},
    })
    return { colspan: count('colspan'), rowspan: count('rowspan'), colwidth: { default: null, parseHTML: () => null, renderHTML: () => ({}) } }
  },
}

// The caption of a table is an attribute: it is not a cell, and pressing Tab in
// it must not move through the grid.
const CaptionedTable = Table.extend({
  addAttributes() {
    return {
      ...this.parent?.(),
      caption: {
        default: '',
        parseHTML: element => element.querySelector(':scope > caption')?.textContent.trim() ?? '',
        renderHTML: () => ({}),
      },
    }
  },
  renderHTML({ node, HTMLAttributes }) {
    const body = ['tbody', 0]
    return node.attrs.caption
      ? ['table', HTMLAttributes, ['caption', node.attrs.caption], body]
      : ['table', HTMLAttributes, body]
  },
  parseHTML() {
    return [{ tag: 'caption', ignore: true }, { tag: 'colgroup', ignore: true }, { tag: 'table' }]
  },
  addNodeView: () => tableView,
  addKeyboardShortcuts() {
    return {
      // Tab walks the cells and then leaves: the keyboard is never trapped.
      Tab: () => this.editor.commands.goToNextCell(),
      'Shift-Tab': () => this.editor.commands.goToPreviousCell(),
      'Mod-Shift-Backspace': () => this.editor.commands.deleteTable(),
    }
  },
}).configure({ resizable: false })

const Cell = TableCell.extend({ ...spans, renderHTML: ({ HTMLAttributes }) => ['td', HTMLAttributes, 0] })
const HeaderCell = TableHeader.extend({ ...spans, renderHTML: ({ HTMLAttributes }) => ['th', HTMLAttributes, 0] })

// In a list, Tab goes on to the next field; depth has buttons and keys of its own.
const Item = ListItem.extend({
  addKeyboardShortcuts() {
    return {
      Enter: () => this.editor.commands.splitListItem(this.name),
      'Mod-]': () => this.editor.commands.sinkListItem(this.name),
      'Mod-[': () => this.editor.commands.liftListItem(this.name),
    }
  },
})

export const extensions = [
  StarterKit.configure({
    heading: { levels: [2, 3, 4, 5, 6] },
    code: false,
    codeBlock: false,
    listItem: false,
    trailingNode: { notAfter: ['paragraph', 'section'] },
    link: {
      openOnClick: false,
      autolink: false,
      linkOnPaste: false,
      HTMLAttributes: { target: null, rel: null },
      protocols: ['http', 'https', 'mailto', 'tel'],
      isAllowedUri: url => /^(https?:|mailto:|tel:|\/(?!\/)|#fn)/i.test(url.trim()),
    },
  }),
  Item,
  Align,
  NoteEnds,
  Superscript,
  Subscript,
  Section,
  Figure,
  Picture,
  Caption,
  InlinePicture,
  CaptionedTable,
  TableRow,
  Cell,
  HeaderCell,
]

