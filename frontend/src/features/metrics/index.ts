export { MetricsPanel } from './components/MetricsPanel';
export { ReplicaSpark } from './components/ReplicaSpark';
export { type MetricSearch, metricSearch } from './search';
