import { describe, expect, test } from 'vitest'
import { urgencyOf } from '#server/questions/urgency.ts'

describe('danger to a person comes first', () => {
  test.each([
    '孩子触电了怎么办',
    '门口電線斷線了',
    '电线掉在地上还在打火花',
    '变压器冒 烟',
    '表箱着火了，没有人受伤',
    '家里有人用呼吸机，停电了怎么办',
    '没有断线，但是变压器在冒烟',
    '是不是漏电了，摸水龙头手麻',
    '有没有冒烟我看不清',
    '怕会不会着火',
    '会不会触电',
  ])('%s', text => expect(urgencyOf(text)).toBe('safety'))

  test.each([
    ['没有冒烟，就是没电', 'normal'],
    ['没发生触电，只是问一下', 'normal'],
    ['电费为什么这么多', 'normal'],
    ['并非断线，是欠费停电', 'normal'],
    ['', 'normal'],
    ['明天高考，家里没电很着急', 'urgent'],
    ['家里有婴儿，什么时候来电', 'urgent'],
  ])('%s is %s', (text, urgency) => expect(urgencyOf(text)).toBe(urgency))
})
