import { createServer, type Socket } from 'node:net'

/** A mail as the server received it: envelope and decoded text. */
export interface Received {
  from: string
  to: string
  subject: string
  messageId: string
  text: string
}

/** A mail server on loopback that accepts everything, or answers with `refusal` to RCPT. */
export interface FakeSmtp {
  url: string
  mails: Received[]
  /** How often somebody tried to send. */
  tries: number
  refusal: string | undefined
  close: () => Promise<void>
}

export async function fakeSmtp(): Promise<FakeSmtp> {
  const sockets = new Set<Socket>()
  const server = createServer(socket => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    converse(socket, smtp)
  })
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const close = () =>
    new Promise<void>(resolve => {
      for (const socket of sockets) socket.destroy()
      server.close(() => resolve())
    })
  const smtp: FakeSmtp = {
    url: `smtp://127.0.0.1:${address.port}`,
    mails: [],
    tries: 0,
    refusal: undefined,
    close,
  }
  return smtp
}

function converse(socket: Socket, smtp: FakeSmtp): void {
  let from = ''
  let to = ''
  let rest = ''
  let body: string | undefined
  const answer = (line: string): string => {
    if (/^(EHLO|HELO)/u.test(line)) return '250 hello'
    if (line.startsWith('MAIL')) [, from = ''] = /<(.*)>/u.exec(line) ?? []
    if (line.startsWith('RCPT')) {
      smtp.tries++
      ;[, to = ''] = /<(.*)>/u.exec(line) ?? []
      return smtp.refusal ?? '250 ok'
    }
    if (line === 'DATA') {
      body = ''
      return '354 go on'
    }
    return line === 'QUIT' ? '221 bye' : '250 ok'
  }
  const take = (line: string): void => {
    if (body === undefined) socket.write(`${answer(line)}\r\n`)
    else if (line === '.') {
      smtp.mails.push({ from, to, ...parse(body) })
      body = undefined
      socket.write('250 taken\r\n')
    } else body += `${line.replace(/^\.\./u, '.')}\r\n`
  }
  socket.write('220 mail.test\r\n')
  socket.setEncoding('utf8').on('data', (part: string) => {
    const lines = (rest + part).split('\r\n')
    rest = lines.pop() ?? ''
    for (const line of lines) take(line)
  })
}

function parse(message: string): Pick<Received, 'subject' | 'messageId' | 'text'> {
  const [head = '', ...body] = message.split('\r\n\r\n')
  const unfolded = head.replaceAll(/\r\n[ \t]+/gu, ' ')
  const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'imu').exec(unfolded)?.[1] ?? ''
  const encoding = field('content-transfer-encoding')
  const text = body.join('\r\n\r\n')
  return {
    subject: decodeWords(field('subject')),
    messageId: field('message-id'),
    text:
      encoding === 'base64' ? Buffer.from(text, 'base64').toString() : unquote(text.replaceAll('=\r\n', '')),
  }
}

const decodeWords = (value: string): string =>
  value
    .replaceAll(/\?=\s+=\?/gu, '?==?')
    .replaceAll(/=\?UTF-8\?([BQ])\?(.*?)\?=/giu, (_all, kind: string, text: string) =>
      kind.toUpperCase() === 'B'
        ? Buffer.from(text, 'base64').toString()
        : unquote(text.replaceAll('_', ' ')),
    )

const unquote = (text: string): string =>
  Buffer.from(
    text.replaceAll(/=([0-9A-F]{2})/giu, (_all, hex: string) =>
      String.fromCodePoint(Number.parseInt(hex, 16)),
    ),
    'latin1',
  ).toString()
