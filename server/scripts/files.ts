import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import type { ScriptFormat } from '#server/contract/script-use.ts'
import type { Reader } from '#server/platform/db/db.ts'
import { chinaDay, sourceIdsByKey } from '#server/sources/index.ts'
import { writeScriptFile } from './script-file.ts'
import type { ScriptSheet } from './sheet.ts'

const MARKDOWN = 'text/markdown'
const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

/** What a route that sends a script as a file answers. */
export const SCRIPT_FILE = {
  200: {
    content: {
      [MARKDOWN]: { schema: Type.Unsafe<string | Buffer>(Type.String()) },
      [WORD]: { schema: Type.Unsafe<string | Buffer>(Type.String({ format: 'binary' })) },
    },
  },
}

/** Sends a script as a file that is named after it. Word is loaded only when somebody asks for it. */
export async function sendScript(reply: FastifyReply, db: Reader, sheet: ScriptSheet, format: ScriptFormat) {
  void reply.header('content-disposition', named(sheet, format === 'docx' ? 'docx' : 'md'))
  if (format === 'markdown') return reply.type(`${MARKDOWN}; charset=utf-8`).send(markdownOf(db, sheet))
  const { wordOf } = await import('./word.ts')
  return reply.type(WORD).send(await wordOf(sheet))
}

/** RFC 6266: a name that everything understands, and the Chinese one as RFC 5987 writes it. */
function named({ content, entryId, revision }: ScriptSheet, ending: string): string {
  const title =
    content.standardQuestion
      .toWellFormed()
      .replace(/[\p{Cc}\p{Cf}/\\:*?"<>|]+/gu, ' ')
      .trim() || '话术'
  const chinese = encodeURIComponent(`${title}-第${revision}版.${ending}`).replace(/['()*]/gu, percent)
  return `attachment; filename="script-${entryId}-${revision}.${ending}"; filename*=UTF-8''${chinese}`
}

const percent = (letter: string): string => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`

/** A script as the file that is imported again, with the documents it cites by their keys. */
export function markdownOf(db: Reader, { content, script }: ScriptSheet): string {
  const { standardQuestion: title, category, topic, ownerDepartment, similarQuestions } = content
  const { tags, scope, labels, validFrom, validUntil, verifyBy } = content
  const days = {
    ...(validFrom !== null && { validFrom: chinaDay(validFrom) }),
    ...(validUntil !== null && { validUntil: chinaDay(validUntil - 1) }),
    ...(verifyBy !== null && { verifyBy: chinaDay(verifyBy - 1) }),
  }
  const filed = { title, category, topic, ownerDepartment, similarQuestions, tags, scope, labels }
  return writeScriptFile({ ...filed, ...days, basis: basisOf(db, content.basis), script })
}

function basisOf(db: Reader, basis: ScriptSheet['content']['basis']) {
  const keys = new Map([...sourceIdsByKey(db)].map(([key, id]) => [id, key]))
  return basis.map(({ sourceId, clause }) => ({ source: keys.get(sourceId)!, ...(clause && { clause }) }))
}
