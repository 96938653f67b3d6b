import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { commands, register, type Command } from '../../web/ui/commands.ts'
import { keyOf, listenForKeys, singleKeys } from '../../web/ui/hotkeys.ts'
import { capsOf } from '../../web/ui/key-names.ts'

const run = vi.fn()
const command = (id: string, keys: string[], more: Partial<Command> = {}): Command => ({
  id,
  keys,
  label: `command.${id}`,
  group: 'page',
  when: () => true,
  run: () => run(id),
  ...more,
})
const press = (key: string, more: KeyboardEventInit = {}, target: Element = document.body) => {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more })
  target.dispatchEvent(event)
  return event
}

let stop: () => void
let list: Command[]

beforeEach(() => {
  run.mockClear()
  document.body.innerHTML = '<input id="box"><button id="button"></button><select id="select"></select>'
  list = [
    command('copy', ['c']),
    command('back', ['escape'], { inField: true }),
    command('all', ['ctrl+k'], { inField: true, inDialog: true }),
  ]
  stop = listenForKeys(() => list)
})
afterEach(() => {
  stop()
  singleKeys.value = true
})

describe('keys', () => {
  it('run the command, also under Caps Lock, and keep the browser from its own', () => {
    expect(press('C').defaultPrevented).toBe(true)
    expect(run).toHaveBeenCalledWith('copy')
  })

  it('are left to an input method while it composes', () => {
    press('Escape', { isComposing: true })
    press('c', { isComposing: true })
    expect(run).not.toHaveBeenCalled()
  })

  it('are text in a field, unless the command says otherwise', () => {
    const box = document.querySelector('#box')!
    expect(press('c', {}, box).defaultPrevented).toBe(false)
    press('c', {}, document.querySelector('#select')!)
    expect(run).not.toHaveBeenCalled()
    press('Escape', {}, box)
    press('k', { ctrlKey: true }, box)
    expect(run.mock.calls.flat()).toEqual(['back', 'all'])
  })

  it('act on a button: it is no field', () => {
    press('c', {}, document.querySelector('#button')!)
    expect(run).toHaveBeenCalledWith('copy')
  })

  it('wait behind an open dialog', () => {
    document.body.insertAdjacentHTML('beforeend', '<dialog open></dialog>')
    press('c')
    expect(run).not.toHaveBeenCalled()
    press('k', { metaKey: true })
    expect(run).toHaveBeenCalledWith('all')
  })

  it('do not repeat while held down, nor act when the command cannot be done', () => {
    press('c', { repeat: true })
    list = [command('copy', ['c'], { when: () => false })]
    expect(press('c').defaultPrevented).toBe(false)
    expect(run).not.toHaveBeenCalled()
  })

  it('that are single letters can be turned off', () => {
    singleKeys.value = false
    press('c')
    expect(run).not.toHaveBeenCalled()
    press('Escape')
    expect(run).toHaveBeenCalledWith('back')
  })
})

const nameOf = (key: string, more: KeyboardEventInit = {}) =>
  keyOf(new KeyboardEvent('keydown', { key, ...more }))

describe('the name of a key', () => {
  it('folds width, case and the signs of a Chinese layout', () => {
    expect([nameOf('？'), nameOf('／'), nameOf('、'), nameOf('Ｃ'), nameOf('C')]).toEqual([
      '?',
      '/',
      '/',
      'c',
      'c',
    ])
  })

  it('takes the physical key when an input method or Alt hides the letter', () => {
    expect(nameOf('Process', { code: 'KeyC' })).toBe('c')
    expect(nameOf('¡', { code: 'Digit1', altKey: true })).toBe('alt+1')
  })

  it('names Shift for letters only: ? is already shifted', () => {
    expect(nameOf('C', { shiftKey: true })).toBe('shift+c')
    expect(nameOf('?', { shiftKey: true })).toBe('?')
  })
})

describe('the registry', () => {
  it('holds what is registered until it is taken away', () => {
    const remove = register([command('one', ['1']), command('two', ['2'])])
    expect(commands.value.map(one => one.id)).toEqual(['one', 'two'])
    remove()
    expect(commands.value).toEqual([])
  })

  it('refuses a second command with the same id or key', () => {
    const remove = register([command('one', ['x'])])
    expect(() => register([command('other', ['x'])])).toThrow('key x')
    expect(() => register([command('one', [])])).toThrow('id one')
    remove()
  })

  it('feeds the caps that are shown', () => {
    expect(capsOf(command('all', ['ctrl+k', 'x']))).toEqual(['Ctrl', 'K'])
    expect(capsOf(command('down', ['arrowdown'], { shownKeys: ['↑', '↓'] }))).toEqual(['↑', '↓'])
  })
})
