// Words and small elements that the list, the card and the title share.

export const mustMend = ({ finding }) => finding.severity === 'block' || finding.severity === 'error'

const NAMES = { block: '必须处理', error: '差错', suspect: '疑似', hint: '提示' }

// label says how grave a finding is, in a word and not only by colour.
export function label({ severity }) {
  const one = document.createElement('span')
  one.className = `found-label found-label-${severity}`
  one.textContent = NAMES[severity] ?? NAMES.suspect
  return one
}

// spoken is a finding in a sentence, for those who hear it. Personal data is not read
// out.
export function spoken(entry) {
  const { finding } = entry
  const fix = finding.fixes.length ? (finding.fixes[0] ? `，建议${finding.private ? '隐去' : '改'}为“${finding.fixes[0]}”` : '，建议删去') : ''
  return `${whereName(entry)}${severityName(finding)}，${finding.name}，${finding.private ? '' : quoted(entry)}${fix}`
}

// whereName says where a finding stands that is not in the text itself.
const WHERE = { title: '标题', summary: '内容概述', alt: '图片说明', caption: '表格名称' }
export const whereName = ({ field, note }) => field || note ? `${WHERE[field ?? note.attr]}：` : ''

export const severityName = ({ severity }) => NAMES[severity] ?? NAMES.suspect

// quoted is what stands there, short enough for a line.
export function quoted({ finding }) {
  const text = [...finding.text.replace(/\s+/g, ' ')]
  if (finding.text.trim() === '') return '空格'
  return `“${text.length > 18 ? `${text.slice(0, 16).join('')}…` : text.join('')}”`
}

export function button(text, className, act) {
  const b = document.createElement('button')
  b.type = 'button'
  b.className = className
  b.textContent = text
  b.addEventListener('click', act)
  return b
}
