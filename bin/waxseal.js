#!/usr/bin/env node
// The command is TypeScript that Node runs as it is, from 22.18 on. An older host hands over to the Node that
// `npm ci` installed beside it.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import module from 'node:module'
import { join } from 'node:path'

const [major, minor] = process.versions.node.split('.').map(Number)
if (major > 22 || (major === 22 && minor >= 18)) {
  // Halves the time to start. Not in the system's folder for temporary files, where others could leave code for us.
  module.enableCompileCache(join(import.meta.dirname, '../node_modules/.cache/waxseal'))
  await import('../cli/main.ts')
} else {
  const name = process.platform === 'win32' ? 'node.exe' : 'node'
  const node = join(import.meta.dirname, '../node_modules/node/bin', name)
  if (existsSync(node)) {
    const child = spawn(node, [process.argv[1], ...process.argv.slice(2)], { stdio: 'inherit' })
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
    child.on('exit', (code, signal) => {
      process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1)
    })
  } else {
    console.error(
      `waxseal needs Node 22.18 or newer, and this is ${process.versions.node}. Run npm ci first: it brings one.`,
    )
    process.exitCode = 2
  }
}
