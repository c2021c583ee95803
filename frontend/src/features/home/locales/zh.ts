import type { Translated } from '@shared/i18n/translated';
import type { home as english } from './en';

export const home: Translated<typeof english> = {
  title: '首页',
  newJob: '新建作业',
  whose: '作业范围',
  everyone: '所有人',
  mine: '我的',
  quota: '租户配额',
  noQuota: '该租户还没有配额，平台管理员可以分配。',
  needs: { title: '需要您处理', nothing: '没有需要您处理的事项。' },
  runs: { title: '正在运行', nothing: '没有正在运行的作业。' },
  waits: { title: '正在等待', nothing: '没有等待中的作业。' },
  all: '查看全部 {{count}} 个',
  progress: '{{name}} 的进度',
  eta: '预计还需 {{duration}}',
  empty: {
    title: '这里还没有运行过作业',
    text: '作业用于训练：一个或多个副本运行同一条命令或镜像，并按需使用 CPU、内存和 GPU。可以从模板开始，也可以自己编写。',
  },
};
