import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { maskNumbers, personalIn } from '#server/platform/text/personal.ts'

/** Sentences as agents write them; what is personal stands in 【】 and begins with its kind. */
const PERSONAL: [string, ...string[]][] = [
  ['客户手机13800138000，要求回电', 'phone 13800138000'],
  ['请回拨138 0013 8000', 'phone 138 0013 8000'],
  ['联系方式：139-1234-5678 王先生', 'phone 139-1234-5678'],
  ['他说打159.8765.4321找他儿子', 'phone 159.8765.4321'],
  ['电话是１３８００１３８０００', 'phone １３８００１３８０００'],
  ['１３８－００１３－８０００晚上才有人接', 'phone １３８－００１３－８０００'],
  ['留了+86 186 0000 1234', 'phone +86 186 0000 1234'],
  ['来电008617712345678，停电半天了', 'phone 008617712345678'],
  ['外地号码019912345678打来的', 'phone 019912345678'],
  ['座机0571-87654321白天有人', 'phone 0571-87654321'],
  ['家里电话(010)6655 4433', 'phone (010)6655 4433'],
  ['办公室０２１—５５６６７７８８', 'phone ０２１—５５６６７７８８'],
  ['固话02787654321没人接', 'phone 02787654321'],
  ['村委会0396 8123456', 'phone 0396 8123456'],
  ['座机87654321，下午打', 'phone 87654321'],
  ['联系电话：6655-4433', 'phone 6655-4433'],
  ['一三八零零一三八零零零，是她女儿的', 'phone 一三八零零一三八零零零'],
  ['幺三九〇〇〇〇幺二三四找老李', 'phone 幺三九〇〇〇〇幺二三四'],
  ['手机138\u200b0013\u200b8000', 'phone 138\u200b0013\u200b8000'],
  ['身份证号11010519491231002X', 'id_card 11010519491231002X'],
  ['证件440524188001010014过户用', 'id_card 440524188001010014'],
  ['身份证１１０１０５１９４９１２３１００２ｘ', 'id_card １１０１０５１９４９１２３１００２ｘ'],
  ['过户人身份证110105 19491231 002X', 'id_card 110105 19491231 002X'],
  ['身份证号码是110105199001011234（客户自己报的）', 'id_card 110105199001011234'],
  ['老身份证130503670401001', 'id_card 130503670401001'],
  ['他报的是11010519491231002X，名下两套房', 'id_card 11010519491231002X'],
  ['户号3301998877665欠费停电', 'account 3301998877665'],
  ['户号：330 1998 877665', 'account 330 1998 877665'],
  ['用户编号0012345678电费翻倍', 'account 0012345678'],
  ['编号是1234567890，老太太家', 'account 1234567890'],
  ['户名张建国，3302001234567', 'account 3302001234567'],
  ['3301998877665 查一下为什么这个月电费高', 'account 3301998877665'],
  ['０３５１２３４５６７８９这个是我家户号', 'account ０３５１２３４５６７８９'],
  ['客户说13512345678是她的户号', 'account 13512345678'],
  ['戶號1029384756', 'account 1029384756'],
  [
    '户号3301998877665，机主13800138000，身份证11010519491231002X',
    'account 3301998877665',
    'phone 13800138000',
    'id_card 11010519491231002X',
  ],
  ['13800138000或者13900139000都行', 'phone 13800138000', 'phone 13900139000'],
  ['13800138000 13900139000', 'phone 13800138000', 'phone 13900139000'],
]

const NOBODYS = [
  '这个月电费1234567.89元，是不是算错了',
  '企业变压器增容要交12345678901元？',
  '上月用电1,234,567度',
  '一年用了1234567890千瓦时',
  '20261122停电，事先没通知',
  '2026-11-22 08:00到18:00计划停电',
  '2026/11/22 8:30-12:00检修',
  '202611220830就停了',
  '2026年11月22日8时30分起停电',
  '发改价格〔2021〕1439号文怎么执行',
  '国家发展改革委令第14号',
  '停电公告20261122001说的是哪一片',
  '通知编号202611220015',
  '文件号3300120261122，客户问有没有效',
  '工单号2026112200123催办',
  '工单编号202611220099到哪一步了',
  '订单号1234567890123没到账',
  '发票号码12345678901开错了抬头',
  '表号3330001234567不转了',
  '电表号0012345678901烧坏了',
  '资产编号3310102030405掉在地上',
  '流水号20261122123456，交了没到账',
  '打95598没人接',
  '投诉到12398去了',
  '12345热线转来的',
  '打过4006095598也没用',
  '400-820-8820是不是你们的',
  '峰谷时段08:00-22:00还是8点到21点',
  '电价0.5380元、0.5880元、0.8380元三档',
  '一档2160度、二档4200度',
  '10kV新民线3号杆110kV变电站',
  '电压235.6伏，电流12.5安',
  '统一社会信用代码91330100799655058B要不要',
  '房子89.5平方米，层高2.8米',
  '交了￥1234567890 还是停电',
  '微信交费显示交易单号4200001234202611',
  '报装容量12000000kW',
  '验证码是12345678收不到',
]

const found = (text: string) => personalIn(text).map(({ kind, range }) => `${kind} ${text.slice(...range)}`)

describe('what is personal is found, where it stands', () => {
  test.each(PERSONAL)('%s', (text, ...expected) => expect(found(text)).toEqual(expected))
})

describe("what is nobody's passes", () => {
  test.each(NOBODYS)('%s', text => expect(found(text)).toEqual([]))
})

test('whatever is found is masked, and nothing of it is left', () => {
  for (const [text, ...expected] of PERSONAL) {
    const masked = maskNumbers(text)
    expect(masked).toContain('＊＊＊')
    for (const one of expected) expect(masked).not.toContain(one.split(' ').slice(1).join(' ').slice(-3))
  }
})

test.each(['2026-11-22 08:00到18:00计划停电，95598', '2026/11/22检修；2026.1.2复电'])(
  'a day stays as it is written: %s',
  text => expect(maskNumbers(text)).toBe(text),
)

test('ranges lie within the text, in order and apart, whatever it is', () => {
  const piece = fc.constantFrom(
    '1',
    '3',
    '8',
    '0',
    '９',
    '-',
    ' ',
    '户号',
    '电话',
    'x',
    '停',
    '😀',
    '\u200b',
    '.',
    '幺',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), pieces => {
      const text = pieces.join('')
      let reached = 0
      for (const { range } of personalIn(text)) {
        expect(range[0]).toBeGreaterThanOrEqual(reached)
        expect(range[1]).toBeGreaterThan(range[0])
        reached = range[1]
      }
      expect(reached).toBeLessThanOrEqual(text.length)
      expect(found(maskNumbers(text))).toEqual([])
    }),
  )
})
