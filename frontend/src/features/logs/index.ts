export { LogViewer } from './components/LogViewer';
export type { RankInfo } from './components/RankList';
export { type LogSearch, logSearch } from './search';
