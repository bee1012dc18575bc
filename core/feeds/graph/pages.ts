import { FeedError } from '../../model/errors.ts'
import type { Graph, GraphPage, GraphQuery } from './transport.ts'

/** A collection, page by page, to its end. Throws `FeedError` alone; also where the pages never end. */
export async function* pagesOf(
  graph: Graph,
  query: GraphQuery,
  mostPages: number,
  signal: AbortSignal,
): AsyncIterable<GraphPage['entries']> {
  let page = await graph.page(query, { signal })
  const seen = new Set<string>()
  for (;;) {
    yield page.entries
    const { next } = page
    if (next === undefined) return
    if (seen.has(next) || seen.size >= mostPages)
      throw new FeedError('page-rejected', `The pages of ${query.subject.what} run in a circle.`)
    seen.add(next)
    page = await graph.follow(next, query, { signal })
  }
}
