import type { Translated } from '@shared/i18n/translated';
import type { quotaRules as english } from './rules.en';

export const quotaRules: Translated<typeof english> = {
  cohorts: {
    add: '新建资源池',
    added: '资源池已创建。',
    edit: '修改 {{name}}',
    since: '创建于',
    reclaim: '收回借出资源的方式',
    reclaimHelp: '租户收回借出的资源时，可以停止哪些作业。',
    reclaims: {
      never: '等待借用方结束',
      'lower-priority': '停止优先级较低的借用方',
      any: '停止任意借用方',
    },
    remove: '移除资源池 {{name}}',
    removeAct: '移除资源池',
    removeText: '只有没有配额的资源池才能移除。',
    removed: '资源池已移除。',
    empty: '还没有资源池',
    emptyText: '资源池让同一集群的租户互相借用闲置的资源。',
  },
  priorities: {
    add: '新建优先级',
    added: '优先级已创建。',
    edit: '修改 {{name}}',
    value: '数值',
    valueHelp: '数值大的先启动，并可抢占本租户中数值小的作业。',
    within: '预留等待时间',
    withinDefault: '10 分钟（默认）',
    withinHelp: '在保障额度内，该优先级的作业会在此时间内启动。留空则等待十分钟后预留资源。',
    who: '使用范围',
    everybody: '所有可提交作业的人',
    restricted: '仅限租户允许的人员',
    restrictedHelp: '由租户管理员在“配额”页面逐人允许。',
    remove: '移除优先级 {{name}}',
    removeAct: '移除优先级',
    removeText: '只有没有作业使用的优先级才能移除。',
    removed: '优先级已移除。',
    empty: '还没有优先级',
    emptyText: '优先级决定谁先启动。多数平台只需两种：high 有保障，low 使用闲置资源。',
  },
};
