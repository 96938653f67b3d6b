import { beforeEach, describe, expect, it } from 'vitest'
import { linkedTarget, readPop, scrubAddress } from '../../web/desk/pop.ts'

describe('the screen pop', () => {
  it('takes the call, the area, the words and the work number', () => {
    expect(
      readPop(
        '?callid=C-9&callerNum=13900005678&calledNum=95598&workNo=0731&accountNo=4401&area=东城区&q=停电',
      ),
    ).toEqual({
      call: { callId: 'C-9', callerNum: '13900005678', accountNo: '4401', area: '东城区' },
      area: '东城区',
      q: '停电',
      workNo: '0731',
    })
  })

  it('begins no call without a call or a number', () => {
    expect(readPop('?area=东城区&q=停电').call).toBeUndefined()
    expect(readPop('')).toEqual({})
  })

  it('ignores what it does not know, what is empty and what is not of its kind', () => {
    expect(readPop('?role=admin&token=x&callid=%20&entry=abc&q=')).toEqual({})
    expect(readPop('?entry=-3')).toEqual({})
    expect(readPop('?entry=12')).toEqual({ entry: 12 })
    expect(readPop('?notice=7')).toEqual({ notice: 7 })
    expect(readPop('?notice=1e99')).toEqual({})
  })

  it('names what to open', () => {
    expect(linkedTarget(readPop('?entry=12'))).toEqual({ kind: 'answer', id: 12 })
    expect(linkedTarget(readPop('?notice=7'))).toEqual({ kind: 'notice', id: 7 })
    expect(linkedTarget(readPop('?q=停电'))).toBeUndefined()
  })

  it('bounds every field to what the server takes', () => {
    const long = 'x'.repeat(500)
    const pop = readPop(`?callid=${long}&callerNum=${long}&area=${long}&q=${long}`)
    expect([pop.call?.callId?.length, pop.call?.callerNum?.length, pop.area?.length, pop.q?.length]).toEqual([
      80, 32, 60, 200,
    ])
  })
})

describe('the address afterwards', () => {
  beforeEach(() => history.replaceState(null, '', '/desk?callerNum=13900005678&q=停电'))

  it('holds no number, and neither does the history', () => {
    const before = history.length
    scrubAddress()
    expect(location.pathname + location.search).toBe('/desk')
    expect(history.length).toBe(before)
  })
})
