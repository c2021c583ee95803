import { security as securityEn } from '@features/account/security/en';
import { security as securityZh } from '@features/account/security/zh';
import { apps as appsEn } from '@features/apps/locales/en';
import { apps as appsZh } from '@features/apps/locales/zh';
import { audit as auditEn } from '@features/audit/locales/en';
import { audit as auditZh } from '@features/audit/locales/zh';
import { buckets as bucketsEn } from '@features/buckets/locales/en';
import { buckets as bucketsZh } from '@features/buckets/locales/zh';
import { clusters as clustersEn } from '@features/clusters/locales/en';
import { clusters as clustersZh } from '@features/clusters/locales/zh';
import { datasets as datasetsEn } from '@features/datasets/locales/en';
import { datasets as datasetsZh } from '@features/datasets/locales/zh';
import { federation as federationEn } from '@features/federation/locales/en';
import { federation as federationZh } from '@features/federation/locales/zh';
import { isolation as isolationEn } from '@features/isolation/locales/en';
import { isolation as isolationZh } from '@features/isolation/locales/zh';
import { jobForm as jobFormEn } from '@features/jobs/locales/form.en';
import { jobForm as jobFormZh } from '@features/jobs/locales/form.zh';
import { jobPage as jobPageEn } from '@features/jobs/locales/page.en';
import { jobPage as jobPageZh } from '@features/jobs/locales/page.zh';
import { jobShell as jobShellEn } from '@features/jobs/shell/en';
import { jobShell as jobShellZh } from '@features/jobs/shell/zh';
import { logs as logsEn } from '@features/logs/locales/en';
import { logs as logsZh } from '@features/logs/locales/zh';
import { members as membersEn } from '@features/members/locales/en';
import { members as membersZh } from '@features/members/locales/zh';
import { notifications as notificationsEn } from '@features/notifications/locales/en';
import { notifications as notificationsZh } from '@features/notifications/locales/zh';
import { people as peopleEn } from '@features/people/locales/en';
import { people as peopleZh } from '@features/people/locales/zh';
import { leaving as leavingEn } from '@features/platform/leaving/en';
import { leaving as leavingZh } from '@features/platform/leaving/zh';
import { platform as platformEn } from '@features/platform/locales/en';
import { platform as platformZh } from '@features/platform/locales/zh';
import { providers as providersEn } from '@features/platform/sign-in/en';
import { providers as providersZh } from '@features/platform/sign-in/zh';
import { quotaPages as quotaPagesEn } from '@features/quotas/locales/page.en';
import { quotaPages as quotaPagesZh } from '@features/quotas/locales/page.zh';
import { quotaRules as quotaRulesEn } from '@features/quotas/locales/rules.en';
import { quotaRules as quotaRulesZh } from '@features/quotas/locales/rules.zh';
import { schedules as schedulesEn } from '@features/schedules/locales/en';
import { schedules as schedulesZh } from '@features/schedules/locales/zh';
import { secrets as secretsEn } from '@features/secrets/locales/en';
import { secrets as secretsZh } from '@features/secrets/locales/zh';
import { tenants as tenantsEn } from '@features/tenants/locales/en';
import { tenants as tenantsZh } from '@features/tenants/locales/zh';
import { volumes as volumesEn } from '@features/volumes/locales/en';
import { volumes as volumesZh } from '@features/volumes/locales/zh';
import { permission as permissionEn } from '@shared/i18n/permissions/en';
import { permission as permissionZh } from '@shared/i18n/permissions/zh';
import { describe, expect, it } from 'vitest';
import { dictionary as eagerZh } from './chinese';
import { dictionary as eagerEn } from './english';

/** What comes with its pages is held to the same. */
const en = {
  ...eagerEn,
  jobs: { ...eagerEn.jobs, ...jobFormEn, ...jobPageEn, ...jobShellEn },
  quotas: {
    ...eagerEn.quotas,
    ...quotaPagesEn,
    tenant: { ...eagerEn.quotas.tenant, ...quotaPagesEn.tenant },
    list: { ...eagerEn.quotas.list, ...quotaPagesEn.list },
    cohorts: { ...eagerEn.quotas.cohorts, ...quotaRulesEn.cohorts },
    priorities: { ...eagerEn.quotas.priorities, ...quotaRulesEn.priorities },
  },
  leaving: leavingEn,
  security: securityEn,
  providers: providersEn,
  people: peopleEn,
  platform: platformEn,
  logs: logsEn,
  members: membersEn,
  audit: auditEn,
  notifications: notificationsEn,
  apps: appsEn,
  schedules: schedulesEn,
  clusters: clustersEn,
  buckets: bucketsEn,
  datasets: datasetsEn,
  volumes: volumesEn,
  federation: federationEn,
  isolation: isolationEn,
  permission: permissionEn,
  secrets: secretsEn,
  tenants: tenantsEn,
};
const zh = {
  ...eagerZh,
  jobs: { ...eagerZh.jobs, ...jobFormZh, ...jobPageZh, ...jobShellZh },
  quotas: {
    ...eagerZh.quotas,
    ...quotaPagesZh,
    tenant: { ...eagerZh.quotas.tenant, ...quotaPagesZh.tenant },
    list: { ...eagerZh.quotas.list, ...quotaPagesZh.list },
    cohorts: { ...eagerZh.quotas.cohorts, ...quotaRulesZh.cohorts },
    priorities: { ...eagerZh.quotas.priorities, ...quotaRulesZh.priorities },
  },
  leaving: leavingZh,
  security: securityZh,
  providers: providersZh,
  people: peopleZh,
  platform: platformZh,
  logs: logsZh,
  members: membersZh,
  audit: auditZh,
  notifications: notificationsZh,
  apps: appsZh,
  schedules: schedulesZh,
  clusters: clustersZh,
  buckets: bucketsZh,
  datasets: datasetsZh,
  volumes: volumesZh,
  federation: federationZh,
  isolation: isolationZh,
  permission: permissionZh,
  secrets: secretsZh,
  tenants: tenantsZh,
};

type Words = { [key: string]: string | Words };

/** "jobs.bulk.count_other" -> text */
const flat = (words: Words, path = ''): [string, string][] =>
  Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'string' ? [[path + key, value] as [string, string]] : flat(value, `${path}${key}.`),
  );

const variables = (text: string) => [...text.matchAll(/{{\s*(\w+)/g)].map(([, name]) => name).sort();
const tags = (text: string) => [...text.matchAll(/<(\w+)>/g)].map(([, name]) => name).sort();
/** English has two forms of a plural, Chinese one. */
const alike = (key: string) => !key.endsWith('_one');

/** Phrases that the server says in English itself; only their translation is kept here. */
const ofServer = (key: string) => /^(jobs\.failures|health\.(found|fix)|said)\./.test(key);

const english = new Map(flat(en as unknown as Words));
const chinese = new Map(flat(zh as unknown as Words).filter(([key]) => !ofServer(key)));

describe('The dictionaries', () => {
  it('hold the same keys in both languages', () => {
    expect([...chinese.keys()].sort()).toEqual([...english.keys()].filter(alike).sort());
  });

  it('name the same variables and tags in both languages', () => {
    for (const [key, text] of chinese) {
      expect([key, ...variables(text)]).toEqual([key, ...variables(english.get(key) ?? '')]);
      expect([key, ...tags(text)]).toEqual([key, ...tags(english.get(key) ?? '')]);
    }
  });

  it('leave nothing empty', () => {
    expect([...english, ...chinese].filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it('write Chinese with Chinese punctuation', () => {
    expect([...chinese].filter(([, text]) => /[\u4e00-\u9fff][,;?!]|[,;?!][\u4e00-\u9fff]/.test(text))).toEqual([]);
  });
});
