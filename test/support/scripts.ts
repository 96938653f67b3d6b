import type { ScriptDraft } from '#server/contract/script.ts'
import type { Client } from './app.ts'

const says = (step: number, ...lines: string[]) => ({
  step,
  lines: lines.map(line => ({
    speaker: line.startsWith('客户：') ? ('customer' as const) : ('agent' as const),
    text: line.replace(/^客户：/u, ''),
  })),
})

/** A script of nine short steps without an error, that no guide and no entry is needed for. */
export const SCRIPT: ScriptDraft & { ownerDepartment: string; steps: NonNullable<ScriptDraft['steps']> } = {
  title: '整栋楼停电，冰箱里有药，客户很着急',
  category: '供电可靠',
  ownerDepartment: 'market',
  class: 'quality',
  scenario: '故障停电时客户家里有要冷藏的药，情绪激动',
  channel: '电话',
  profile: { mood: '生气' },
  similarQuestions: ['停电了我的胰岛素怎么办'],
  steps: [
    {
      ...says(1, '客户：都黑了一个多小时了，我冰箱里有药！', '听得出您很着急。您家里有药要冷藏，是吗？'),
      fields: [{ name: '已知事实', value: ['全楼没电'] }],
      branches: [{ ifSays: '那到底几点？', lines: [], to: 5 }],
    },
    says(2, '两件事我排一下：先说药，再说来电。'),
    says(3, '请先少开冰箱门。我正在看抢修进度，邻居家也没电吗？'),
    says(4, '队伍已到{通知.线路}，下一次消息{通知.下次更新}前发您手机。'),
    says(5, '来电的时间现在说不准，{通知.下次更新}前我把进展发给您；药可以先放到有电的邻居家。'),
    says(6, '这次是外面线路的故障，家里不用您动手。'),
    says(7, '您要的说法我记在单子上了，查清楚回过头来跟您讲。'),
    says(8, '两种办法您选：我发短信提醒，或者{登记.回复时间}我给您回电。哪种省心？'),
    says(9, '谢谢您说得这么清楚。您还有没有别的没解决的？'),
  ],
}

/** Begins a script; returns its entry and its draft. */
export const beginScript = async (
  writer: Client,
  draft: Partial<ScriptDraft> = {},
): Promise<{ id: number; revisionId: number }> =>
  (await writer.post('/api/scripts', { ...SCRIPT, ...draft })).json()
