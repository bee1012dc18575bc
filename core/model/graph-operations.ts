/** What the log of Graph requests calls each of its entries (`operationName`). */
export const GRAPH_REQUESTS = ['Microsoft Graph Activity'] as const
