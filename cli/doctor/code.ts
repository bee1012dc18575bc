import { input } from '@inquirer/prompts'

/** The code that somebody reads from the card; `undefined` where nobody sits there. */
export async function readCode(): Promise<string | undefined> {
  if (!process.stdin.isTTY) return undefined
  return await input({
    message: 'A card with a code was sent to Teams. Type the code you see (empty: none):',
  })
}
