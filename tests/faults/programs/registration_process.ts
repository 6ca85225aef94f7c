/** Registers, and ends without a goodbye: `registration_process.ts host:port`. */
import process from "node:process";
import { connect } from "../../../mod.ts";

const client = await connect(process.argv[2]);
const registration = await client.registerProducer("g", "id");
console.log(registration.brokers.length);
