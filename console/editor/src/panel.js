// The list of findings beside the text: what must be mended first, what is only
// suspected after it, never mixed. Each line leads to its place. On a narrow screen
// the list stands below the text and is folded. A line knows its finding by its
// number, for places move while somebody types.

import { button, label, mustMend, quoted, whereName } from './words.js'

const SHOWN = 100 // lines of a group; the others come up when these are mended

export function panel({ id, box, place, visit, visitField, maskAll }) {
  const element = document.createElement('details')
  element.className = 'found-panel'
  const summary = document.createElement('summary')
  const heading = document.createElement('h3')
  heading.textContent = '边写边检查'
  const count = document.createElement('span')
  count.className = 'found-count'
  summary.append(heading, count)
  const state = document.createElement('p')
  state.className = 'found-state'
  const live = document.createElement('p')
  live.className = 'hide'
  live.setAttribute('role', 'status')
  const groups = ['应当改正', '疑似'].map((name, i) => group(name, i))
  element.append(summary, state, ...groups.map(one => one.element))

  // Beside the text where the page has room for it, else below.
  let beside = null
  function settle() {
    const now = Boolean(place) && place.getBoundingClientRect().left >= box.getBoundingClientRect().right
    if (now === beside) return
    beside = now
    const focused = element.contains(document.activeElement) ? document.activeElement : null
    if (beside) place.append(element)
    else box.after(element)
    element.open = beside
    focused?.focus()
  }
  settle()
  box.after(live)
  window.addEventListener('resize', settle)

  function group(name, i) {
    const section = document.createElement('section')
    section.setAttribute('aria-labelledby', `${id}-found-${i}`)
    const title = document.createElement('h4')
    title.id = `${id}-found-${i}`
    const mask = button('', 'found-mask', () => maskAll(i === 0))
    const lines = document.createElement('ul')
    const rest = document.createElement('p')
    rest.className = 'found-rest'
    section.append(title, mask, lines, rest)
    return { element: section, name, title, mask, lines, rest }
  }

  function line(entry, go) {
    const item = document.createElement('li')
    const { finding } = entry
    const b = button('', `found-line found-item-${finding.severity}`, go)
    const what = document.createElement('span')
    what.className = 'found-what'
    const quote = text => Object.assign(document.createElement('span'), { className: 'found-quote', textContent: text })
    // A list is read by whoever looks over a shoulder: of personal data it shows the mask.
    if (finding.private && finding.fixes.length) what.append('隐去为', quote(`“${finding.fixes[0]}”`))
    else {
      what.append(quote(quoted(entry)))
      if (finding.fixes.length) what.append(' → ', finding.fixes[0] ? quote(`“${finding.fixes[0]}”`) : '删去')
    }
    const why = document.createElement('span')
    why.className = 'found-why'
    why.append(label(finding), ` ${whereName(entry)}${finding.name}${finding.count > 1 ? `，同类共 ${finding.count} 处` : ''}`)
    b.append(what, why)
    item.append(b)
    return item
  }

  function stateWords({ state: now, status, say, more, whole }) {
    switch (now) {
      case 'looking': return '正在检查…'
      case 'asleep': return '编辑 HTML 原文时不检查，回到可视编辑后继续。'
      case 'failed': return status === 401 ? '检查不可用：登录已经失效，重新登录后继续。' : `检查不可用：${say || '连不上服务器，稍后自动再试'}。写作和保存不受影响。`
      case 'looked':
        if (!whole) return '改动的部分查过了，全文稍后再查。'
        return more ? `已检查。问题较多，另有 ${more} 处在改正以后显示。` : '已检查'
      default: return '停止输入后检查。'
    }
  }

  // paint makes the list anew: what stands before the text, in it, and after it.
  function paint({ entries, before, after, state: now, masks }) {
    const field = entry => ({ entry, go: () => visitField(entry) })
    const all = [...before.map(field), ...entries.map((entry, i) => ({ entry, go: () => visit(i) })), ...after.map(field)]
    const parts = [all.filter(({ entry }) => mustMend(entry)), all.filter(({ entry }) => !mustMend(entry))]
    state.textContent = stateWords(now)
    state.classList.toggle('is-failed', now.state === 'failed')
    count.textContent = now.state === 'waiting' ? '' : all.length ? parts.map((part, i) => part.length ? `${groups[i].name} ${part.length}` : '').filter(Boolean).join('，') : now.state === 'looked' && now.whole ? '没有发现问题' : ''
    groups.forEach((one, i) => {
      const part = parts[i]
      const lines = [...one.lines.querySelectorAll('button')]
      const focused = lines.indexOf(document.activeElement)
      one.element.hidden = part.length === 0
      one.title.textContent = `${one.name}（${part.length}）`
      one.mask.hidden = masks[i] === 0
      one.mask.textContent = i === 0 ? `全部隐去个人信息（${masks[i]} 处）` : `疑似个人信息也全部隐去（${masks[i]} 处）`
      one.lines.replaceChildren(...part.slice(0, SHOWN).map(({ entry, go }) => line(entry, go)))
      one.rest.hidden = part.length <= SHOWN
      one.rest.textContent = `另有 ${part.length - SHOWN} 处，改正上面的以后显示。`
      if (focused >= 0) (one.lines.querySelectorAll('button')[Math.min(focused, part.length - 1)] ?? summary).focus()
    })
  }

  let told = ''
  // tell says how many there are, when that has changed.
  function tell(all) {
    const must = all.filter(mustMend).length
    const say = all.length ? `检查发现 ${all.length} 处${must ? `，${must} 处应当改正` : '，都是疑似'}。` : '检查完毕，没有发现问题。'
    if (say === told) return
    told = say
    announce(say)
  }

  function announce(say) {
    live.textContent = say
  }

  return { paint, tell, announce }
}
