import { existsSync, readdirSync, readFileSync } from 'node:fs'

/** Whether this system tells about its processes; without, there are no children to be seen. */
export const TELLS = existsSync('/proc/self/stat')

/** Child processes of `parent` that run. */
export function childrenOf(parent: number): number[] {
  if (!TELLS) return []
  const pids = readdirSync('/proc').filter(name => /^\d+$/.test(name))
  return pids.map(Number).filter(pid => statOf(pid)?.parent === parent)
}

/** A zombie that nobody has waited for runs no more. */
export function isRunning(pid: number): boolean {
  const stat = statOf(pid)
  return stat !== undefined && stat.state !== 'Z'
}

function statOf(pid: number): { state: string; parent: number } | undefined {
  try {
    // The name, in parentheses, can hold anything.
    const [state = '', parent] =
      readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
    return { state, parent: Number(parent) }
  } catch {
    return undefined
  }
}
