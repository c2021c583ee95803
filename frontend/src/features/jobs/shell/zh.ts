import type { Translated } from '@shared/i18n/translated';
import type { jobShell as english } from './en';

export const jobShell: Translated<typeof english> = {
  shell: {
    replica: '副本',
    open: '打开终端',
    again: '重新打开终端',
    close: '关闭终端',
    of: '{{replica}} 的终端',
    keys: '所有按键都会发给终端，按 F6 离开。',
    idle: '无输入自动关闭：',
    none: '没有正在运行的副本。只能在运行中的副本里打开终端。',
    about:
      '在运行中的副本里打开终端，使用其文件、环境变量和资源限制。审计记录会保留谁在何时使用了多久，不记录输入的内容。',
    ended: {
      exited: '终端已退出，退出码 {{code}}。',
      'replica-ended': '副本已结束，终端随之关闭。',
      idle: '长时间没有输入，终端已关闭。',
      closed: '终端已关闭。',
      'access-changed': '您的权限有变化，终端已关闭。如仍有权限，请重新打开。',
      'no-shell': '该副本的镜像中没有 shell（/bin/sh）。日志和指标仍可查看。',
      'not-started': '集群未能启动该命令。',
      'gateway-stopped': '平台正在重启，请重新打开终端。',
      'too-many': '打开的终端过多，请先关闭一个。',
      ticket: '连接凭据已失效，请重新打开终端。',
      'not-understood': '服务器无法识别控制台发送的内容，请刷新页面。',
      lost: '连接已断开，已启动的程序可能已被结束。',
    },
  },
};
