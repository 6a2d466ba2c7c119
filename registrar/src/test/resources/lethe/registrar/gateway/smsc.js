// An independent SMS centre: npm "smpp". Tells each SMS on a line, answers with ids in hexadecimal, reports in decimal, the
// parts of a message in reverse. Ends with its standard input.
'use strict';
const smpp = require('smpp');
let last = 0x1a2b3c;
let waiting = [];
let session;

const server = smpp.createServer((opened) => {
  opened.on('bind_transceiver', (pdu) => {
    const known = pdu.system_id === 'lethe' && pdu.password === 'sesame';
    opened.send(pdu.response(known ? {} : { command_status: smpp.ESME_RINVPASWD }));
    if (known) {
      session = opened;
    } else {
      opened.close();
    }
  });
  opened.on('submit_sm', (pdu) => {
    const said = pdu.short_message.message;
    const text = typeof said === 'string' ? said : said.toString('utf16le');
    const udh = pdu.short_message.udh ? pdu.short_message.udh.map((part) => part.toString('hex')).join('') : '';
    const payload = pdu.message_payload ? pdu.message_payload.message : '';
    console.log(JSON.stringify({
      to: pdu.destination_addr, coding: pdu.data_coding, text, payload, udh,
      reference: pdu.sar_msg_ref_num, place: pdu.sar_segment_seqnum, count: pdu.sar_total_segments,
      validity: pdu.validity_period, registered: pdu.registered_delivery,
    }));
    last += 1;
    opened.send(pdu.response({ message_id: last.toString(16) }));
    waiting.push({ id: last, to: pdu.destination_addr });
  });
  opened.on('enquire_link', (pdu) => opened.send(pdu.response()));
  opened.on('unbind', (pdu) => { opened.send(pdu.response()); opened.close(); });
  opened.on('error', () => {});
});

setInterval(() => {
  const due = waiting.reverse();
  waiting = [];
  for (const sms of due) {
    session.deliver_sm({
      esm_class: smpp.ESM_CLASS.MC_DELIVERY_RECEIPT,
      source_addr: sms.to,
      destination_addr: 'Lethe',
      short_message: `id:${sms.id} sub:001 dlvrd:001 submit date:2611281200 done date:2611281200 stat:DELIVRD err:000 text:`,
    });
  }
}, 200);

server.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ port: server.address().port })));
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
