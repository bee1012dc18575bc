import { diff, styleText } from 'node:util'
import type { Change } from './files.ts'

/** Lines around a change that are shown. */
const AROUND = 2

/** What would change in a file, line by line; empty where nothing would. Secrets are told apart and not shown. */
export function diffText({ after, before = '', path, secrets }: Change): string {
  if (before === after) return ''
  const names = new Map([...new Set(secrets)].map((secret, i) => [secret, i]))
  const lines = (text: string) => (text === '' ? [] : text.replace(/\n$/, '').split('\n'))
  const entries = diff(lines(before), lines(after))
  const near = (at: number) =>
    entries.slice(Math.max(0, at - AROUND), at + AROUND + 1).some(([operation]) => operation !== 0)
  const shown = entries.flatMap(([operation, line], at) => {
    if (operation === 0) return near(at) ? [`  ${hidden(line, names)}`] : []
    const [mark, style] = operation === 1 ? (['-', 'red'] as const) : (['+', 'green'] as const)
    return [styleText(style, `${mark} ${hidden(line, names)}`, { stream: process.stdout })]
  })
  return [
    styleText('bold', `${path}${before === '' ? ' (new)' : ''}`, { stream: process.stdout }),
    ...shown,
    '',
  ].join('\n')
}

/** Two different secrets look different, so that a change shows. */
function hidden(line: string, names: ReadonlyMap<string, number>): string {
  for (const [secret, number] of names) {
    const written = JSON.stringify(secret)
    if (secret !== '' && line.includes(written))
      return line.replace(written, `(secret ${number + 1}, not shown)`)
  }
  return line
}
