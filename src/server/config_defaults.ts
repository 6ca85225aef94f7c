/** Settings by name, as text. */
export type Settings = Readonly<Record<string, string>>;

// remoting/netty/NettyServerConfig.java
const NETTY: Settings = {
  listenPort: "9876",
  serverAsyncSemaphoreValue: "64",
  serverCallbackExecutorThreads: "0",
  serverChannelMaxIdleTimeSeconds: "120",
  serverOnewaySemaphoreValue: "256",
  serverPooledByteBufAllocatorEnable: "true",
  serverSelectorThreads: "3",
  serverSocketBacklog: "1024",
  serverSocketRcvBufSize: "0",
  serverSocketSndBufSize: "0",
  serverWorkerThreads: "8",
  useEpollNativeSelector: "false",
  writeBufferHighWaterMark: "0",
  writeBufferLowWaterMark: "0",
};

// common/namesrv/NamesrvConfig.java; the paths are those of a user whose home is /root
const NAME_SERVER: Settings = {
  clusterTest: "false",
  configStorePath: "/home/rocketmq/namesrv/namesrv.properties",
  kvConfigPath: "/home/rocketmq/namesrv/kvConfig.json",
  orderMessageEnable: "false",
  productEnvName: "center",
  rocketmqHome: "/opt/rocketmq",
};

/** What a 4.9.7 server starts with. */
export const DEFAULTS_4: Settings = { ...NETTY, ...NAME_SERVER };

/** What a 5.x server starts with. */
export const DEFAULTS_5: Settings = {
  ...NETTY,
  ...NAME_SERVER,
  bindAddress: "0.0.0.0",
  clientRequestThreadPoolNums: "8",
  clientRequestThreadPoolQueueCapacity: "50000",
  configBlackList: "configBlackList;configStorePath;kvConfigPath",
  defaultThreadPoolNums: "16",
  defaultThreadPoolQueueCapacity: "10000",
  deleteTopicWithBrokerRegistration: "false",
  enableAllTopicList: "true",
  enableControllerInNamesrv: "false",
  enableShutdownGracefully: "false",
  enableTopicList: "true",
  needWaitForService: "false",
  notifyMinBrokerIdChanged: "false",
  returnOrderTopicConfigToBroker: "true",
  scanNotActiveBrokerInterval: "5000",
  serverNettyWorkerGroupEnable: "true",
  shutdownWaitTimeSeconds: "30",
  supportActingMaster: "false",
  unRegisterBrokerQueueCapacity: "3000",
  waitSecondsForService: "45",
};
