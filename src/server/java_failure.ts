import type { Emulation } from "./emulation.ts";

/** An exception that leaves a handler: the answer is SYSTEM_ERROR, and its remark what Java says of the exception. */
export class JavaFailure extends Error {
  /** Makes one; `description` is the exception's class, message and first frame — UtilAll.exceptionSimpleDesc. */
  constructor(description: string) {
    super(description);
    this.name = "JavaFailure";
  }
}

const PROCESSOR = "org.apache.rocketmq.namesrv.processor.DefaultRequestProcessor";
const PROTOCOL_4 = "org.apache.rocketmq.common.protocol";
const PROTOCOL_5 = "org.apache.rocketmq.remoting.protocol";
const REMOTING_COMMAND_EXCEPTION = "org.apache.rocketmq.remoting.exception.RemotingCommandException";

/** 103 without a broker id, or one that is no number. @param isOldBroker Whether its version is below 37, which 4.9 has other code for. */
export function noBrokerIdToRegister({ isV5 }: Emulation, isOldBroker: boolean): JavaFailure {
  const old = isOldBroker
    ? "registerBroker(DefaultRequestProcessor.java:317)"
    : "registerBrokerWithFilterServer(DefaultRequestProcessor.java:237)";
  return noBrokerId("RegisterBroker", isV5, isV5 ? "registerBroker(DefaultRequestProcessor.java:253)" : old);
}

/** 104 without a broker id; 5.x notices later. */
export function noBrokerIdToUnregister(): JavaFailure {
  return noBrokerId("UnRegisterBroker", false, "unregisterBroker(DefaultRequestProcessor.java:344)");
}

/** 103 whose body can't be read. */
export function bodyNotDecoded({ isV5 }: Emulation): JavaFailure {
  const frame = isV5
    ? "extractRegisterBrokerBodyFromRequest(DefaultRequestProcessor.java:305)"
    : "registerBrokerWithFilterServer(DefaultRequestProcessor.java:226)";
  return new JavaFailure(`${REMOTING_COMMAND_EXCEPTION}: Failed to decode RegisterBrokerBody, ${PROCESSOR}.${frame}`);
}

/** 103 whose body says null. */
export function bodyIsNull({ isV5 }: Emulation): JavaFailure {
  const getter = `${isV5 ? PROTOCOL_5 : PROTOCOL_4}.body.RegisterBrokerBody.getTopicConfigSerializeWrapper()`;
  const frame = isV5
    ? "registerBroker(DefaultRequestProcessor.java:242)"
    : "registerBrokerWithFilterServer(DefaultRequestProcessor.java:239)";
  return nullPointer(`Cannot invoke "${getter}" because "registerBrokerBody" is null`, `${PROCESSOR}.${frame}`);
}

/** An address of 5.x without cluster or address. */
export function addressIsNull(cluster: string | null): JavaFailure {
  const field = cluster === null ? "clusterName" : "brokerAddr";
  const frame = "org.apache.rocketmq.namesrv.routeinfo.BrokerAddrInfo.hashCode(RouteInfoManager.java:1161)";
  return nullPointer(`Cannot invoke "String.length()" because "this.${field}" is null`, frame);
}

/** 322 to 4.9 without a body. */
export function noDataVersion(): JavaFailure {
  return nullPointer('Cannot read the array length because "bytes" is null', "java.base/java.lang.String.<init>(String.java:1387)");
}

/** A body that is no JSON. What Java says of it depends on how far its reader came: this is what it says where it came nowhere. */
export function bodyIsNoJson(body: Uint8Array, { json, isV5 }: Emulation): JavaFailure {
  const text = new TextDecoder().decode(body);
  if (json === "fastjson1") {
    const frame = `com.alibaba.fastjson.parser.JSONLexerBase.scanHex(JSONLexerBase.java:${isV5 ? 5109 : 5091})`;
    return new JavaFailure(`com.alibaba.fastjson.JSONException: illegal state. \u001A, ${frame}`);
  }
  const char = /^\{?\s*$/.test(text) ? "\u001A" : text.charAt(0);
  const at = `offset 1, character ${char}, line 1, column 1, fastjson-version 2.0.59 ${text}`;
  const frame = "com.alibaba.fastjson2.JSONReaderASCII.readFieldNameHashCode(JSONReaderASCII.java:144)";
  return new JavaFailure(`com.alibaba.fastjson2.JSONException: illegal fieldName input ${char.charCodeAt(0)}, ${at}, ${frame}`);
}

function noBrokerId(request: string, isV5: boolean, frame: string): JavaFailure {
  const getter = `${isV5 ? PROTOCOL_5 : PROTOCOL_4}.header.namesrv.${request}RequestHeader.getBrokerId()`;
  const message = `Cannot invoke "java.lang.Long.longValue()" because the return value of "${getter}" is null`;
  return nullPointer(message, `${PROCESSOR}.${frame}`);
}

function nullPointer(message: string, frame: string): JavaFailure {
  return new JavaFailure(`java.lang.NullPointerException: ${message}, ${frame}`);
}
