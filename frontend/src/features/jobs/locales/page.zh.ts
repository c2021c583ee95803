import type { Translated } from '@shared/i18n/translated';
import type { jobPage as english } from './page.en';

export const jobPage: Translated<typeof english> = {
  start: {
    title: '启动耗时',
    queue: '排队',
    make: '创建 Pod',
    node: '等待节点',
    image: '拉取镜像并启动容器',
    process: '启动',
    last: '以最后启动的 {{replica}} 计。',
    slow: {
      queue: '大部分时间在等待配额：可申请更多配额，或使用更高的优先级。',
      make: '大部分时间在等待创建 Pod：集群或其中的 operator 响应较慢。',
      node: '大部分时间在等待节点：没有一个节点能一次满足所需资源。',
      image: '大部分时间在拉取镜像：可用模板的“拉取镜像”提前拉到节点，或减小镜像体积。',
    },
  },
};
