//! Made reports: invented officials of real offices, sixty happenings, some of them told several times.

use serde_json::{Value, json};

/// A state whose foreign minister meets the others.
struct State {
    name: &'static str,
    adjective: &'static str,
    capital: &'static str,
    minister: &'static str,
}

const STATES: [State; 10] = [
    State { name: "Norway", adjective: "Norwegian", capital: "Oslo", minister: "Ingrid Solheim" },
    State { name: "Kenya", adjective: "Kenyan", capital: "Nairobi", minister: "Daniel Otieno Mboya" },
    State { name: "Japan", adjective: "Japanese", capital: "Tokyo", minister: "Haruto Minami" },
    State { name: "Vietnam", adjective: "Vietnamese", capital: "Hanoi", minister: "Tran Minh Duc" },
    State { name: "Brazil", adjective: "Brazilian", capital: "Brasilia", minister: "Lucas Figueira" },
    State { name: "Egypt", adjective: "Egyptian", capital: "Cairo", minister: "Samir Halawani" },
    State { name: "Poland", adjective: "Polish", capital: "Warsaw", minister: "Marek Lisowski" },
    State { name: "Chile", adjective: "Chilean", capital: "Santiago", minister: "Camila Araneda" },
    State { name: "Indonesia", adjective: "Indonesian", capital: "Jakarta", minister: "Bagus Wirawan" },
    State { name: "Canada", adjective: "Canadian", capital: "Ottawa", minister: "Claire Desrosiers" },
];

const OUTLETS: [&str; 4] = ["Nordlys Herald", "Harbour Gazette", "Capital Courier", "Evening Ledger"];
const MONTHS: [&str; 6] = ["January", "February", "March", "April", "May", "June"];

/// So many reports, fifteen of each six happenings: by two outlets, the second of which leaves words out, and for every
/// other happening by a paper that prints the first one's words.
pub fn reports(many: usize) -> Vec<Value> {
    (0..).flat_map(tellings).take(many).collect()
}

/// Reports as lines of JSON.
pub fn lines<'r>(reports: impl IntoIterator<Item = &'r Value>) -> String {
    reports.into_iter().flat_map(|report| [report.to_string(), "\n".to_owned()]).collect()
}

fn tellings(happening: usize) -> Vec<Value> {
    let host = &STATES[happening % 10];
    let guest = &STATES[(happening + 1 + happening / 10) % 10];
    let (month, day) = (happening / 10 % 6, 2 + happening * 5 % 24);
    let on = format!("{day} {}", MONTHS[month]);
    let published = format!("2025-{:02}-{:02}", month + 1, day + 1);
    let [long, short] = texts(happening, host, guest, &on);
    let report = |telling: usize, text: &str| {
        json!({
            "id": format!("report-{happening}-{telling}"),
            "text": text,
            "title": format!("{} and {}", guest.name, host.name),
            "published": published,
            "outlet": OUTLETS[(happening + telling) % 4],
            "url": format!("https://paper-{}.example/2025/{happening}", (happening + telling) % 4),
        })
    };
    let mut told = vec![report(0, &long), report(1, &short)];
    if happening.is_multiple_of(2) {
        told.push(report(2, &long));
    }
    told
}

/// A happening at length and in fewer words.
fn texts(happening: usize, host: &State, guest: &State, on: &str) -> [String; 2] {
    let State { adjective: h, capital, minister: hm, .. } = host;
    let State { adjective: g, minister: gm, name: guest_name, .. } = guest;
    match happening % 5 {
        0 => [
            format!(
                "{g} Foreign Minister {gm} met {h} Foreign Minister {hm} in {capital} on {on}, the {h} foreign \
                 ministry said. \"We spoke about fisheries and trade,\" {hm} said after the talks."
            ),
            format!(
                "The foreign ministers of {guest_name} and {}, {gm} and {hm}, held talks in {capital} on {on}.",
                host.name
            ),
        ],
        1 => [
            format!(
                "{h} Foreign Minister {hm} spoke by phone with {g} Foreign Minister {gm} on {on}, the {g} foreign \
                 ministry said in a statement. The ministers discussed the grain harbour."
            ),
            format!("{hm}, the {h} foreign minister, called {g} counterpart {gm} on {on}, officials said."),
        ],
        2 => [
            format!(
                "The {h} foreign ministry criticised {guest_name} on {on} over its new fishing limits. \"The decision \
                 is regrettable,\" {h} Foreign Minister {hm} said."
            ),
            format!("{h} Foreign Minister {hm} criticised {guest_name} on {on} over fishing limits."),
        ],
        3 => [
            format!(
                "{host_name} and {guest_name} signed an agreement on customs in {capital} on {on}. {h} Foreign \
                 Minister {hm} and {g} Foreign Minister {gm} signed it.",
                host_name = host.name
            ),
            format!("{guest_name} and {} signed a customs agreement in {capital} on {on}.", host.name),
        ],
        _ => [
            format!(
                "{g} Foreign Minister {gm} visited {capital} on {on} and met {h} Foreign Minister {hm}, the {g} \
                 foreign ministry said. {gm} said the visit was \"useful\"."
            ),
            format!(
                "{g} Foreign Minister {gm} arrived in {capital} on {on} and met {hm}, {h} media reported."
            ),
        ],
    }
}
