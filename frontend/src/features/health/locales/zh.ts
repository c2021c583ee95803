import type { Translated } from '@shared/i18n/translated';
import type { health as english } from './en';
import { fix, found } from './zh.findings';

export const health: Translated<typeof english> = {
  title: '健康状况',
  again: '重新检查',
  wrong: '需要处理',
  well: '一切正常',
  check: '项目',
  state: '状态',
  finding: '检查结果',
  command: '在服务器上也可以运行：',
  checks: {
    clusters: '集群',
    database: 'PostgreSQL',
    disk: '磁盘',
    mail: '邮件',
    buckets: '存储桶',
    objects: '对象存储',
    outbox: '发件箱',
    queues: '队列',
    redis: 'Redis',
    settings: '设置',
    sweeps: '定期任务',
    watch: 'Watch',
  },
  found,
  fix,
};
