//! Which reading of a name a report means: what it says beside the name, then the countries and regions it speaks
//! of, the sides of the people in it, and how big the place is.

use std::collections::BTreeMap;

use verbale_knowledge::{Place, PlaceKind};

use super::containers::{Container, Said, country_of, encloses, holds, kilometres};
use super::readings::{TOWN, prior, region_of, sure, top};
use super::toponyms::Toponym;
use crate::resolve::{Actor, Mentioned};

/// How far a country, a region and a neighbour in the sentence outweigh size, in powers of ten of people.
const BY_COUNTRY: f32 = 1.8;
const BY_REGION: f32 = 2.0;
const BY_NEIGHBOUR: f32 = 1.0;
/// How far towns and counties near by outweigh size, and what is near, in kilometres.
const BY_NEARNESS: f32 = 2.5;
const NEARBY: f32 = 60.0;
/// What a name weighs that may be near by, and how many readings and names are looked at.
const UNDECIDED: f32 = 2.5;
const READINGS: usize = 60;
const SENSES: usize = 80;
/// What a place in the words of the text ("the capital", "Washington state") is worth.
const BY_WORD: f32 = 3.0;
/// Toponyms looked at on either side.
const NEIGHBOURS: usize = 6;
/// Tokens that a neighbour may be away.
const REACH: usize = 30;

/// Towns and counties of one name are told apart when they are nearer than this, in kilometres, or score this apart.
const FAR: f32 = 150.0;
const MARGIN: f32 = 0.3;

/// A report speaks of one country when this share of what it says of countries is about it, and so much.
const MOSTLY: (f32, f32) = (0.7, 2.0);

/// A reading on trial.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    /// One of the readings.
    Place(usize),
    /// In the country of this one; which place is anybody's guess.
    Country(usize),
    /// None of them.
    None,
}

/// What a toponym was found to be.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Choice {
    /// One of its readings.
    Place(usize),
    /// None of them; in this country, where the text says so or speaks of no other.
    Within(Option<String>),
}

/// A country that a mention speaks for.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Told {
    at: usize,
    country: String,
    weight: f32,
}

/// The countries of adjectives and of the sides of actors, away from toponyms.
pub(super) fn told(mentions: &[Mentioned], actors: &[Actor], toponyms: &[Toponym<'_>]) -> Vec<Told> {
    let mut found = Vec::new();
    for mention in mentions {
        let next = toponyms.partition_point(|toponym| toponym.tokens.end <= mention.phrase.start);
        let over = toponyms.get(next).is_some_and(|toponym| toponym.tokens.start < mention.phrase.end);
        let side = mention.actors.first().and_then(|at| actors.get(*at));
        let country = side.and_then(|actor| actor.side.as_ref().or(actor.nationality.as_ref()));
        if let Some(country) = country.filter(|_| !over && (mention.adjectival || !mention.anaphoric)) {
            let weight = if mention.adjectival { 0.7 } else { 0.3 };
            found.push(Told { at: mention.head, country: country.clone(), weight });
        }
    }
    found
}

/// A verdict for every toponym.
pub(super) fn choose(toponyms: &[Toponym<'_>], said: &[Said<'_>], told: &[Told]) -> Vec<Choice> {
    let mut context = Context::new(toponyms, said, told);
    context.first();
    for _ in 0..2 {
        context.again();
    }
    (0..toponyms.len()).map(|at| context.choice(at)).collect()
}

/// A town or a county: its neighbours say something of where it is.
fn is_small(place: &Place<'_>) -> bool {
    matches!(place.kind, PlaceKind::City | PlaceKind::Capital | PlaceKind::County)
}

/// A name's weight for a country and a region.
#[derive(Debug, Clone, Default)]
struct Lent {
    country: String,
    region: Option<String>,
    weight: f32,
}

struct Context<'c, 'k> {
    toponyms: &'c [Toponym<'k>],
    said: &'c [Said<'k>],
    told: &'c [Told],
    /// The sense of every toponym.
    sense: Vec<usize>,
    /// Toponyms of every sense.
    occurrences: Vec<Vec<usize>>,
    /// What every sense lends.
    lent: Vec<Lent>,
    /// The towns and counties that every sense may be, and what each weighs.
    points: Vec<Vec<(Place<'k>, f32)>>,
    verdicts: Vec<Verdict>,
    countries: BTreeMap<String, f32>,
    regions: BTreeMap<(String, String), f32>,
}

impl<'c, 'k> Context<'c, 'k> {
    fn new(toponyms: &'c [Toponym<'k>], said: &'c [Said<'k>], told: &'c [Told]) -> Self {
        let mut ids: BTreeMap<&str, usize> = BTreeMap::new();
        let mut occurrences: Vec<Vec<usize>> = Vec::new();
        let mut sense = Vec::with_capacity(toponyms.len());
        for (at, toponym) in toponyms.iter().enumerate() {
            let id = *ids.entry(&toponym.key).or_insert_with(|| {
                occurrences.push(Vec::new());
                occurrences.len() - 1
            });
            occurrences[id].push(at);
            sense.push(id);
        }
        Self {
            lent: vec![Lent::default(); occurrences.len()],
            points: vec![Vec::new(); occurrences.len()],
            verdicts: vec![Verdict::None; toponyms.len()],
            countries: BTreeMap::new(),
            regions: BTreeMap::new(),
            toponyms,
            said,
            told,
            sense,
            occurrences,
        }
    }

    /// Names that need no context speak first.
    fn first(&mut self) {
        for at in 0..self.toponyms.len() {
            let readings = &self.toponyms[at].readings;
            if sure(readings) && !readings.is_empty() {
                self.verdicts[at] = Verdict::Place(0);
            }
        }
        self.weigh();
    }

    /// Decides every toponym anew by what the others were found to be.
    fn again(&mut self) {
        let scores: Vec<Vec<f32>> = (0..self.occurrences.len()).map(|sense| self.scores(sense)).collect();
        let mut verdicts = vec![Verdict::None; self.toponyms.len()];
        for (sense, occurrences) in self.occurrences.iter().enumerate() {
            let explicit: Vec<Option<usize>> =
                occurrences.iter().map(|at| self.explicit(*at, &scores[sense])).collect();
            let mut last = explicit.iter().flatten().next().copied();
            // "Columbia, Ky." that is listed in no Kentucky: the bare name later is that one too.
            if last.is_none() && occurrences.iter().any(|at| self.elsewhere(*at)) {
                continue;
            }
            for (at, own) in occurrences.iter().zip(&explicit) {
                last = own.or(last);
                verdicts[*at] = last.map_or_else(|| self.best(*at, &scores[sense]), Verdict::Place);
            }
        }
        self.verdicts = verdicts;
        self.weigh();
    }

    /// The best reading that the words beside a toponym ask for. A country keeps its name unless the phrase admits
    /// nothing else, and an adjective makes no small town of a capital ("a British agent in Washington").
    fn explicit(&self, at: usize, scores: &[f32]) -> Option<usize> {
        let said = &self.said[at];
        let readings = &self.toponyms[at].readings;
        let first = readings.first().map(|place| place.kind);
        let fits = |place: &Place<'_>| {
            said.within.iter().any(|container| {
                let weak = match first {
                    Some(PlaceKind::Country) => !said.strict && place.kind != PlaceKind::Country,
                    Some(PlaceKind::Capital) => {
                        matches!(container, Container::Country(_)) && place.population < TOWN
                    }
                    _ => false,
                };
                !weak && holds(self.toponyms, container, place)
            })
        };
        top(scores, |reading| readings.get(reading).is_some_and(fits))
    }

    /// Whether the text puts a place where the gazetteer knows none of this name.
    fn elsewhere(&self, at: usize) -> bool {
        let said = &self.said[at];
        let outer = self.toponyms[at].readings.first().is_none_or(|place| place.kind == PlaceKind::Country);
        let fits =
            |place: &Place<'_>| said.within.iter().any(|container| holds(self.toponyms, container, place));
        said.strict && !outer && !self.toponyms[at].readings.iter().any(fits)
    }

    /// The best reading by context, where there is evidence enough.
    fn best(&self, at: usize, scores: &[f32]) -> Verdict {
        let readings = &self.toponyms[at].readings;
        let Some((best, place)) = top(scores, |_| true).and_then(|best| Some((best, readings.get(best)?)))
        else {
            return Verdict::None;
        };
        let spoken = self.countries.get(place.country).copied().unwrap_or(0.0) - self.own(at, place.country);
        let town = place.kind == PlaceKind::City && place.population < TOWN;
        let rival = |differs: &dyn Fn(&Place<'_>) -> bool| {
            let rival = top(scores, |reading| readings.get(reading).is_some_and(differs));
            rival.map_or(f32::INFINITY, |rival| scores[best] - scores[rival])
        };
        if town && spoken <= 0.2 && rival(&|other| other.country != place.country) < 0.5 {
            return Verdict::None;
        }
        let unsure = (town || place.kind == PlaceKind::County)
            && rival(&|other| kilometres(other, place) > FAR) < MARGIN;
        if unsure { Verdict::Country(best) } else { Verdict::Place(best) }
    }

    /// What a toponym's own name lends to a country.
    fn own(&self, at: usize, country: &str) -> f32 {
        let lent = &self.lent[self.sense[at]];
        if lent.country == country { lent.weight } else { 0.0 }
    }

    /// Scores of the readings of one name.
    fn scores(&self, sense: usize) -> Vec<f32> {
        let occurrences = &self.occurrences[sense];
        let Some(&first) = occurrences.first() else { return Vec::new() };
        let toponym = &self.toponyms[first];
        let lent = &self.lent[sense];
        toponym
            .readings
            .iter()
            .map(|place| {
                let mut spoken = self.countries.get(place.country).copied().unwrap_or(0.0)
                    - self.own(first, place.country);
                let region = region_of(place).map(|region| (place.country.to_owned(), region));
                let mut local =
                    region.as_ref().and_then(|region| self.regions.get(region)).copied().unwrap_or(0.0);
                if region.as_ref().is_some_and(|(country, region)| {
                    *country == lent.country && Some(region) == lent.region.as_ref()
                }) {
                    local -= lent.weight;
                }
                spoken = spoken.max(0.0);
                local = local.max(0.0);
                let beside = occurrences.iter().map(|at| self.beside(*at, place)).fold(0.0, f32::max);
                prior(place, &toponym.key)
                    + BY_COUNTRY * (1.0 + spoken).ln()
                    + BY_REGION * (1.0 + local).ln()
                    + BY_NEARNESS * (1.0 + self.nearness(sense, place)).ln()
                    + beside
            })
            .collect()
    }

    /// How many other towns and counties lie near a town or county, counted less the farther they are, and less
    /// where the other name may as well be somewhere else.
    fn nearness(&self, sense: usize, place: &Place<'_>) -> f32 {
        if !is_small(place) {
            return 0.0;
        }
        let others = self.points.iter().enumerate().take(SENSES).filter(|(other, _)| *other != sense);
        others
            .map(|(_, points)| {
                let near = points.iter().filter(|(other, _)| {
                    other.country == place.country
                        && (other.lat - place.lat).abs() < 2.0
                        && (other.lon - place.lon).abs() < 4.0
                });
                near.map(|(other, weight)| weight * (-kilometres(other, place) / NEARBY).exp())
                    .fold(0.0, f32::max)
            })
            .sum()
    }

    /// What the toponyms and actors of the sentence say for a reading.
    fn beside(&self, at: usize, place: &Place<'_>) -> f32 {
        let own = &self.toponyms[at];
        let near = at.saturating_sub(NEIGHBOURS)..(at + NEIGHBOURS + 1).min(self.toponyms.len());
        let (mut country, mut region, mut inner) = (false, false, false);
        let home = region_of(place);
        for other in near.filter(|other| self.sense[*other] != self.sense[at]) {
            let away = self.toponyms[other].tokens.start.abs_diff(own.tokens.start);
            let Verdict::Place(reading) = self.verdicts[other] else { continue };
            let Some(found) = self.toponyms[other].readings.get(reading).filter(|_| away <= REACH) else {
                continue;
            };
            country |= found.country == place.country;
            region |= found.country == place.country && home.is_some() && region_of(found) == home;
            // "Athens, Georgia" says which Georgia.
            inner |= self.said[other].within.contains(&Container::Toponym(at)) && encloses(place, found);
        }
        let from = self.told.partition_point(|told| told.at + REACH < own.tokens.start);
        let actors = self.told[from..].iter().take_while(|told| told.at <= own.tokens.end + REACH).take(12);
        country |= actors.into_iter().any(|told| told.country == place.country);
        let word = own.region_told && place.kind == PlaceKind::Region
            || self.said[at].capital && place.kind == PlaceKind::Capital;
        BY_NEIGHBOUR * f32::from(u8::from(country) + u8::from(region))
            + BY_WORD * f32::from(u8::from(word) + u8::from(inner))
    }

    /// Counts countries and regions by what every name was found to be.
    fn weigh(&mut self) {
        self.countries.clear();
        self.regions.clear();
        let mut spoken: BTreeMap<&str, (f32, f32)> = BTreeMap::new();
        for told in self.told {
            let sum = spoken.entry(&told.country).or_default();
            *sum = (sum.0.max(told.weight), sum.1 + told.weight);
        }
        for (country, (most, all)) in spoken {
            *self.countries.entry(country.to_owned()).or_default() += most + (1.0 + all - most).ln();
        }
        for (sense, occurrences) in self.occurrences.iter().enumerate() {
            let place = occurrences.iter().find_map(|at| match self.verdicts[*at] {
                Verdict::Place(reading) => self.toponyms[*at].readings.get(reading),
                Verdict::Country(_) | Verdict::None => None,
            });
            self.points[sense] = self.maybe(occurrences[0]);
            let Some(place) = place else {
                self.lent[sense] = Lent::default();
                continue;
            };
            let weight = (1.0 + (occurrences.len() as f32).ln())
                * if place.kind == PlaceKind::City { 0.7 } else { 1.0 };
            if is_small(place) {
                self.points[sense].push((*place, weight));
            }
            let region = region_of(place);
            *self.countries.entry(place.country.to_owned()).or_default() += weight;
            if let Some(region) = region.clone() {
                *self.regions.entry((place.country.to_owned(), region)).or_default() += weight;
            }
            self.lent[sense] = Lent { country: place.country.to_owned(), region, weight };
        }
    }

    /// The towns and counties that a name may be, each with what it weighs as long as nothing is decided.
    fn maybe(&self, at: usize) -> Vec<(Place<'k>, f32)> {
        let small: Vec<Place<'k>> = self.toponyms[at]
            .readings
            .iter()
            .filter(|place| is_small(place))
            .take(READINGS)
            .copied()
            .collect();
        let weight = UNDECIDED / (small.len() as f32).sqrt();
        small.into_iter().map(|place| (place, weight)).collect()
    }

    /// The verdict, or the country that the text gives to what is listed nowhere.
    fn choice(&self, at: usize) -> Choice {
        let toponym = &self.toponyms[at];
        let said = &self.said[at];
        let country = said.within.iter().find_map(|container| {
            country_of(self.toponyms, container).map(str::to_owned).or_else(|| self.resolved(container))
        });
        match self.verdicts[at] {
            Verdict::Place(reading) => {
                let place = &toponym.readings[reading];
                let fits = said.within.iter().any(|container| holds(self.toponyms, container, place));
                let free = !said.strict || fits || place.kind == PlaceKind::Country;
                if free { Choice::Place(reading) } else { Choice::Within(country) }
            }
            Verdict::Country(reading) => {
                Choice::Within(country.or_else(|| Some(toponym.readings[reading].country.to_owned())))
            }
            Verdict::None => {
                Choice::Within(country.or_else(|| self.said_before(at)).or_else(|| self.mostly(at)))
            }
        }
    }

    /// The country that the text gives to the same name elsewhere.
    fn said_before(&self, at: usize) -> Option<String> {
        let said =
            self.occurrences[self.sense[at]].iter().map(|at| &self.said[*at]).find(|said| said.strict)?;
        said.within.iter().find_map(|container| {
            country_of(self.toponyms, container).map(str::to_owned).or_else(|| self.resolved(container))
        })
    }

    /// The country that nearly all of the report speaks of, where a neighbour in the sentence lies in it too.
    fn mostly(&self, at: usize) -> Option<String> {
        let all: f32 =
            self.countries.iter().filter(|(country, _)| !country.is_empty()).map(|(_, weight)| weight).sum();
        let (country, weight) = self.countries.iter().max_by(|one, other| one.1.total_cmp(other.1))?;
        let near = at.saturating_sub(NEIGHBOURS)..(at + NEIGHBOURS + 1).min(self.toponyms.len());
        let beside = near.filter(|other| *other != at).any(|other| match self.verdicts[other] {
            Verdict::Place(reading) => {
                self.toponyms[other].readings.get(reading).is_some_and(|place| place.country == country)
            }
            Verdict::Country(_) | Verdict::None => false,
        });
        (beside && !country.is_empty() && *weight >= MOSTLY.1 && *weight >= MOSTLY.0 * all)
            .then(|| country.clone())
    }

    /// The country that a container was found to be, or to lie in.
    fn resolved(&self, container: &Container<'_>) -> Option<String> {
        let Container::Toponym(at) = container else { return None };
        match self.verdicts[*at] {
            Verdict::Place(reading) => {
                self.toponyms[*at].readings.get(reading).map(|place| place.country.to_owned())
            }
            Verdict::Country(_) | Verdict::None => None,
        }
    }
}
