// Small forms of the editor: link, picture, table, caption. They are real
// dialogs, so focus stays inside and comes back to the text afterwards.

let serial = 0

// ask opens a form with the given fields and calls done with their values. done
// may return a promise; if it is rejected, the sentence is shown and the form
// stays open. Fields: {name, label, type, value, required, hint, accept, min, max}.
export function ask({ title, fields, submit, remove, done, closed }) {
  const dialog = document.createElement('dialog')
  dialog.className = 'editor-dialog'
  const id = `editor-dialog-${++serial}`
  dialog.setAttribute('aria-labelledby', `${id}-title`)

  const form = document.createElement('form')
  form.method = 'dialog'
  form.noValidate = true
  const heading = document.createElement('h2')
  heading.id = `${id}-title`
  heading.textContent = title
  form.append(heading)

  const inputs = {}
  for (const field of fields) form.append(row(id, field, inputs))

  const problem = document.createElement('p')
  problem.className = 'editor-problem'
  problem.setAttribute('role', 'alert')
  form.append(problem)

  const buttons = document.createElement('div')
  buttons.className = 'editor-dialog-buttons'
  const ok = button(submit, 'submit', 'editor-primary')
  const cancel = button('取消', 'button')
  buttons.append(ok, cancel)
  if (remove) {
    const off = button(remove.label, 'button')
    off.addEventListener('click', () => { remove.act(); dialog.close() })
    buttons.append(off)
  }
  form.append(buttons)
  dialog.append(form)
  document.body.append(dialog)

  cancel.addEventListener('click', () => dialog.close())
  dialog.addEventListener('close', () => { dialog.remove(); closed() })
  form.addEventListener('submit', async event => {
    event.preventDefault()
    problem.textContent = ''
    const values = {}
    for (const field of fields) {
      const input = inputs[field.name]
      values[field.name] = field.type === 'file' ? input.files[0] : field.type === 'checkbox' ? input.checked : input.value.trim()
      const say = field.required && !values[field.name] ? field.required : field.check?.(values[field.name])
      input.toggleAttribute('aria-invalid', Boolean(say))
      if (say) {
        problem.textContent = say
        input.focus()
        return
      }
    }
    ok.disabled = true
    try {
      await done(values)
      dialog.close()
    } catch (error) {
      problem.textContent = error.message
      ok.disabled = false
    }
  })
  dialog.showModal()
}

function row(id, field, inputs) {
  const line = document.createElement('div')
  line.className = 'editor-field'
  const label = document.createElement('label')
  label.htmlFor = `${id}-${field.name}`
  label.textContent = field.label
  const input = document.createElement('input')
  input.id = label.htmlFor
  input.type = field.type ?? 'text'
  if (field.type === 'checkbox') input.checked = Boolean(field.value)
  else if (field.type !== 'file') input.value = field.value ?? ''
  for (const key of ['accept', 'min', 'max', 'maxLength']) if (field[key] !== undefined) input[key] = field[key]
  inputs[field.name] = input
  if (field.hint) {
    const hint = document.createElement('p')
    hint.id = `${input.id}-hint`
    hint.className = 'editor-hint'
    hint.textContent = field.hint
    input.setAttribute('aria-describedby', hint.id)
    line.append(label, hint, input)
  } else if (field.type === 'checkbox') {
    line.append(input, label)
  } else {
    line.append(label, input)
  }
  return line
}

function button(text, type, className = '') {
  const b = document.createElement('button')
  b.type = type
  b.textContent = text
  b.className = className
  return b
}
