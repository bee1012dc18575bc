import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { makeRandom, type Random } from '../../../emulator/index.ts'
import type { Manners, Plan, Receiver } from './plan.ts'

/** A post that a receiver took. */
export interface Taken {
  readonly sink: Receiver
  /** Of the process that sent it. */
  readonly life: string
  readonly alert: string
  readonly incident: string
  readonly revision: number
  /** Whether the answer went out. */
  readonly heard: boolean
  readonly wave: number
}

export interface Receivers {
  readonly url: string
  readonly taken: readonly Taken[]
  /** Posts that looked like nothing that a receiver would take. */
  readonly strange: readonly string[]
  wave: number
  /** From now on they take everything. */
  recover(): void
  stop(): void
}

/** The receivers of one seed: a Teams-like one at `/teams`, and a webhook at `/webhook`. `now` gives UTC seconds. */
export async function openReceivers({ manners, seed }: Plan, now: () => number): Promise<Receivers> {
  const random = makeRandom(`receivers ${seed}`)
  const taken: Taken[] = []
  const strange: string[] = []
  let recovered = false

  function answer(sink: Receiver, request: IncomingMessage, body: string, response: ServerResponse): void {
    const post = postOf(sink, request, body)
    if (typeof post === 'string') {
      strange.push(post)
      return void response.writeHead(400).end()
    }
    const mood = recovered ? 'good' : moodOf(manners[sink], random, now())
    if (mood === 'down') return void request.socket.destroy()
    if (mood === 'busy') return void response.writeHead(429, { 'Retry-After': '300' }).end()
    if (mood === 'refused') return void response.writeHead(503).end()
    taken.push({ sink, ...post, heard: mood !== 'torn', wave: receivers.wave })
    if (mood === 'torn') return void request.socket.destroy()
    response.writeHead(sink === 'teams' ? 202 : 200, { 'Content-Length': mood === 'silent' ? 40 : 0 })
    if (mood === 'good') return void response.end()
    response.flushHeaders()
    setTimeout(() => request.socket.destroy(), 20)
  }

  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const sink = request.url?.startsWith('/teams') ? 'teams' : 'webhook'
      answer(sink, request, Buffer.concat(chunks).toString(), response)
    })
  })
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening))
  const receivers = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    taken,
    strange,
    wave: 0,
    recover() {
      recovered = true
    },
    stop() {
      server.closeAllConnections()
      server.close()
    },
  }
  return receivers
}

type Mood = 'good' | 'down' | 'busy' | 'refused' | 'silent' | 'torn'

function moodOf({ outages, busy, refused, silent, torn }: Manners, random: Random, now: number): Mood {
  if (outages.some(([from, to]) => now >= from && now < to)) return 'down'
  for (const [mood, share] of Object.entries({ busy, refused, silent, torn }))
    if (random.chance(share)) return mood as Mood
  return 'good'
}

/** What was posted, or what is strange about it. */
function postOf(sink: Receiver, { headers }: IncomingMessage, body: string) {
  const told: Omit<Taken, 'sink' | 'heard' | 'wave'> = JSON.parse(String(headers['x-simulator'] ?? 'null'))
  if (told === null) return `${sink}: a post that no alert was sent with`
  if (sink === 'webhook' && headers['webhook-id'] !== told.alert)
    return `webhook: ${headers['webhook-id']} is not ${told.alert}`
  if (sink === 'teams' && !told.incident.startsWith('health') && !body.includes(told.incident))
    return `teams: a card that does not name its incident ${told.incident}`
  return told
}
