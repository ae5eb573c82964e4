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
