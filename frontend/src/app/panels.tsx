/** What features draw for one another: they do not know each other, so it is put together here. */

import { type AppPanels, AppPanelsContext } from '@features/apps/panels';
import { inFormWords } from '@features/jobs/formWords';
import { type JobPanels, JobPanelsContext } from '@features/jobs/panels';
import { logSearch } from '@features/logs/search';
import { metricSearch } from '@features/metrics/search';
import { type TemplatePanels, TemplatePanelsContext } from '@features/templates/panels';
import { withWords } from '@shared/i18n/later';
import { lazy, type ReactNode } from 'react';

const LogViewer = lazy(() =>
  withWords(
    'logs',
    {
      en: () => import('@features/logs/locales/en').then(({ logs }) => logs),
      zh: () => import('@features/logs/locales/zh').then(({ logs }) => logs),
    },
    import('@features/logs').then(({ LogViewer: component }) => ({ default: component })),
  ),
);
const MetricsPanel = lazy(() =>
  import('@features/metrics').then(({ MetricsPanel: component }) => ({ default: component })),
);
const ReplicaUse = lazy(() =>
  import('@features/metrics').then(({ ReplicaSpark: component }) => ({ default: component })),
);
const Chooser = lazy(() =>
  import('@features/templates/components/Chooser').then(({ Chooser: component }) => ({ default: component })),
);
const SpecField = lazy(() =>
  inFormWords(import('./TemplateSpec')).then(({ TemplateSpec: component }) => ({ default: component })),
);

const ofJobs: JobPanels = {
  Logs: ({ search, ...rest }) => <LogViewer search={logSearch(search)} {...rest} />,
  Metrics: ({ search, ...rest }) => <MetricsPanel search={metricSearch(search)} {...rest} />,
  ReplicaUse,
  Templates: Chooser,
};

const ofApps: AppPanels = {
  Logs: ({ search, ...rest }) => <LogViewer search={logSearch(search)} {...rest} />,
  Metrics: ({ search, ...rest }) => <MetricsPanel search={metricSearch(search)} {...rest} />,
  ReplicaUse,
};

const ofTemplates: TemplatePanels = { SpecField };

export const Panels = ({ children }: { children: ReactNode }) => (
  <JobPanelsContext value={ofJobs}>
    <AppPanelsContext value={ofApps}>
      <TemplatePanelsContext value={ofTemplates}>{children}</TemplatePanelsContext>
    </AppPanelsContext>
  </JobPanelsContext>
);
