window.violations = []
window.changes = []
document.addEventListener('securitypolicyviolation', e => window.violations.push(e.violatedDirective + ' ' + e.blockedURI + ' ' + e.sourceFile + ':' + e.lineNumber))
window.addEventListener('error', e => window.violations.push('error ' + e.message))
document.addEventListener('gongkai:changed', e => window.changes.push(e.detail.html))
window.pasteHTML = html => {
  const data = new DataTransfer()
  data.setData('text/html', html)
  document.querySelector('.editor-text').dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
}
window.press = label => {
  const b = [...document.querySelectorAll('.editor-toolbar button')].find(b => b.textContent === label)
  if (!b || b.closest('[hidden]')) throw new Error('no button ' + label)
  b.click()
}
