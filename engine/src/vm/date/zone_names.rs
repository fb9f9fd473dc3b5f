//! What time zones are called in English.
//!
//! The names are CLDR's, as `Date.prototype.toString` prints them between parentheses. A zone
//! without a name there is called by its offset, `GMT+03:00`.

use super::time::MS_PER_MINUTE;

/// The English name of the zone with this IANA identifier; `None` if it has none but its offset.
///
/// `is_daylight` tells whether daylight saving time is in force.
#[must_use]
pub fn long_name(identifier: &str, is_daylight: bool) -> Option<&'static str> {
    let row = NAMES.iter().find(|(_, _, zones)| {
        zones
            .split_ascii_whitespace()
            .any(|zone| zone == identifier)
    });
    row.map(|&(standard, daylight, _)| {
        if is_daylight && !daylight.is_empty() {
            daylight
        } else {
            standard
        }
    })
}

/// The name of a zone that is known by its offset only: `GMT-03:30`, or `GMT`.
#[must_use]
pub fn offset_name(offset_ms: f64) -> String {
    let minutes = (offset_ms.abs() / MS_PER_MINUTE) as u32;
    if minutes == 0 {
        return "GMT".to_owned();
    }
    let sign = if offset_ms < 0.0 { '-' } else { '+' };
    format!("GMT{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

/// The name in winter, the name in summer if there is one, and the zones.
#[rustfmt::skip]
const NAMES: &[(&str, &str, &str)] = &[
    ("Acre Standard Time", "", "America/Eirunepe America/Rio_Branco"),
    ("Afghanistan Time", "", "Asia/Kabul"),
    ("Alaska Standard Time", "Alaska Daylight Time", "\
        America/Anchorage America/Juneau America/Metlakatla America/Nome America/Sitka \
        America/Yakutat"),
    ("Amazon Standard Time", "", "\
        America/Boa_Vista America/Campo_Grande America/Cuiaba America/Manaus America/Porto_Velho"),
    ("American Samoa Standard Time", "", "Pacific/Midway Pacific/Pago_Pago"),
    ("Arabian Standard Time", "", "\
        Asia/Aden Asia/Baghdad Asia/Bahrain Asia/Kuwait Asia/Qatar Asia/Riyadh"),
    ("Argentina Standard Time", "", "\
        America/Argentina/Buenos_Aires America/Argentina/La_Rioja America/Argentina/Rio_Gallegos \
        America/Argentina/Salta America/Argentina/San_Juan America/Argentina/San_Luis \
        America/Argentina/Tucuman America/Argentina/Ushuaia America/Buenos_Aires \
        America/Catamarca America/Cordoba America/Jujuy America/Mendoza"),
    ("Armenia Standard Time", "", "Asia/Yerevan"),
    ("Atlantic Standard Time", "Atlantic Daylight Time", "\
        America/Anguilla America/Antigua America/Aruba America/Barbados America/Blanc-Sablon \
        America/Curacao America/Dominica America/Glace_Bay America/Goose_Bay America/Grenada \
        America/Guadeloupe America/Halifax America/Kralendijk America/Lower_Princes \
        America/Marigot America/Martinique America/Moncton America/Montserrat \
        America/Port_of_Spain America/Puerto_Rico America/Santo_Domingo America/St_Barthelemy \
        America/St_Kitts America/St_Lucia America/St_Thomas America/St_Vincent America/Thule \
        America/Tortola Atlantic/Bermuda"),
    ("Australian Central Standard Time", "Australian Central Daylight Time", "\
        Australia/Adelaide Australia/Broken_Hill Australia/Darwin"),
    ("Australian Central Western Standard Time", "", "Australia/Eucla"),
    ("Australian Eastern Standard Time", "Australian Eastern Daylight Time", "\
        Antarctica/Macquarie Australia/Brisbane Australia/Hobart Australia/Lindeman \
        Australia/Melbourne Australia/Sydney"),
    ("Australian Western Standard Time", "", "Antarctica/Casey Australia/Perth"),
    ("Azerbaijan Standard Time", "", "Asia/Baku"),
    ("Azores Standard Time", "Azores Summer Time", "Atlantic/Azores"),
    ("Bangladesh Standard Time", "", "Asia/Dhaka"),
    ("Bhutan Time", "", "Asia/Thimphu"),
    ("Bolivia Time", "", "America/La_Paz"),
    ("Brasilia Standard Time", "", "\
        America/Araguaina America/Bahia America/Belem America/Fortaleza America/Maceio \
        America/Recife America/Santarem America/Sao_Paulo"),
    ("Brunei Time", "", "Asia/Brunei"),
    ("Cape Verde Standard Time", "", "Atlantic/Cape_Verde"),
    ("Central Africa Time", "", "\
        Africa/Blantyre Africa/Bujumbura Africa/Gaborone Africa/Harare Africa/Juba \
        Africa/Khartoum Africa/Kigali Africa/Lubumbashi Africa/Lusaka Africa/Maputo \
        Africa/Windhoek"),
    ("Central European Standard Time", "Central European Summer Time", "\
        Africa/Algiers Africa/Ceuta Africa/Tunis Arctic/Longyearbyen Europe/Amsterdam \
        Europe/Andorra Europe/Belgrade Europe/Berlin Europe/Bratislava Europe/Brussels \
        Europe/Budapest Europe/Busingen Europe/Copenhagen Europe/Gibraltar Europe/Ljubljana \
        Europe/Luxembourg Europe/Madrid Europe/Malta Europe/Monaco Europe/Oslo Europe/Paris \
        Europe/Podgorica Europe/Prague Europe/Rome Europe/San_Marino Europe/Sarajevo \
        Europe/Skopje Europe/Stockholm Europe/Tirane Europe/Vaduz Europe/Vatican Europe/Vienna \
        Europe/Warsaw Europe/Zagreb Europe/Zurich"),
    ("Central Indonesia Time", "", "Asia/Makassar"),
    ("Central Standard Time", "Central Daylight Time", "\
        America/Bahia_Banderas America/Belize America/Chicago America/Chihuahua \
        America/Costa_Rica America/El_Salvador America/Guatemala America/Indiana/Knox \
        America/Indiana/Tell_City America/Managua America/Matamoros America/Menominee \
        America/Merida America/Mexico_City America/Monterrey America/North_Dakota/Beulah \
        America/North_Dakota/Center America/North_Dakota/New_Salem America/Ojinaga \
        America/Rankin_Inlet America/Regina America/Resolute America/Swift_Current \
        America/Tegucigalpa America/Winnipeg US/Central"),
    ("Chamorro Standard Time", "", "Pacific/Guam Pacific/Saipan"),
    ("Chatham Standard Time", "Chatham Daylight Time", "Pacific/Chatham"),
    ("Chile Standard Time", "Chile Summer Time", "America/Coyhaique America/Santiago"),
    ("China Standard Time", "", "Asia/Macau Asia/Shanghai"),
    ("Christmas Island Time", "", "Indian/Christmas"),
    ("Chuuk Time", "", "Pacific/Truk"),
    ("Cocos Islands Time", "", "Indian/Cocos"),
    ("Colombia Standard Time", "", "America/Bogota"),
    ("Cook Islands Standard Time", "", "Pacific/Rarotonga"),
    ("Coordinated Universal Time", "", "Etc/GMT Etc/UTC GMT UTC"),
    ("Cuba Standard Time", "Cuba Daylight Time", "America/Havana"),
    ("Davis Time", "", "Antarctica/Davis"),
    ("Dumont d’Urville Time", "", "Antarctica/DumontDUrville"),
    ("East Africa Time", "", "\
        Africa/Addis_Ababa Africa/Asmera Africa/Dar_es_Salaam Africa/Djibouti Africa/Kampala \
        Africa/Mogadishu Africa/Nairobi Indian/Antananarivo Indian/Comoro Indian/Mayotte"),
    ("East Greenland Standard Time", "Greenland Summer Time", "America/Scoresbysund"),
    ("Easter Island Standard Time", "Easter Island Summer Time", "Pacific/Easter"),
    ("Eastern European Standard Time", "Eastern European Summer Time", "\
        Africa/Cairo Africa/Tripoli Asia/Beirut Asia/Famagusta Asia/Gaza Asia/Hebron \
        Asia/Nicosia Europe/Athens Europe/Bucharest Europe/Chisinau Europe/Helsinki \
        Europe/Kaliningrad Europe/Kiev Europe/Kyiv Europe/Mariehamn Europe/Riga Europe/Sofia \
        Europe/Tallinn Europe/Vilnius"),
    ("Eastern Indonesia Time", "", "Asia/Jayapura"),
    ("Eastern Standard Time", "Eastern Daylight Time", "\
        America/Cancun America/Cayman America/Coral_Harbour America/Detroit America/Grand_Turk \
        America/Indiana/Indianapolis America/Indiana/Marengo America/Indiana/Petersburg \
        America/Indiana/Vevay America/Indiana/Vincennes America/Indiana/Winamac \
        America/Indianapolis America/Iqaluit America/Jamaica America/Kentucky/Monticello \
        America/Louisville America/Nassau America/New_York America/Panama America/Port-au-Prince \
        America/Toronto US/Eastern"),
    ("Ecuador Time", "", "America/Guayaquil"),
    ("Falkland Islands Standard Time", "", "Atlantic/Stanley"),
    ("Fernando de Noronha Standard Time", "", "America/Noronha"),
    ("Fiji Standard Time", "", "Pacific/Fiji"),
    ("French Guiana Time", "", "America/Cayenne"),
    ("French Southern & Antarctic Time", "", "Indian/Kerguelen"),
    ("Galapagos Time", "", "Pacific/Galapagos"),
    ("Gambier Time", "", "Pacific/Gambier"),
    ("Georgia Standard Time", "", "Asia/Tbilisi"),
    ("Gilbert Islands Time", "", "Pacific/Tarawa"),
    ("Greenwich Mean Time", "British Summer Time", "\
        Africa/Abidjan Africa/Accra Africa/Bamako Africa/Banjul Africa/Bissau Africa/Conakry \
        Africa/Dakar Africa/Freetown Africa/Lome Africa/Monrovia Africa/Nouakchott \
        Africa/Ouagadougou Africa/Sao_Tome America/Danmarkshavn Antarctica/Troll \
        Atlantic/Reykjavik Atlantic/St_Helena Europe/Dublin Europe/Guernsey Europe/Isle_of_Man \
        Europe/Jersey Europe/London"),
    ("Gulf Standard Time", "", "Asia/Dubai Asia/Muscat"),
    ("Guyana Time", "", "America/Guyana"),
    ("Hawaii-Aleutian Standard Time", "Hawaii-Aleutian Daylight Time", "\
        America/Adak Pacific/Honolulu"),
    ("Hong Kong Standard Time", "", "Asia/Hong_Kong"),
    ("India Standard Time", "", "Asia/Calcutta Asia/Colombo Asia/Kolkata"),
    ("Indian Ocean Time", "", "Indian/Chagos"),
    ("Indochina Time", "", "\
        Asia/Bangkok Asia/Ho_Chi_Minh Asia/Phnom_Penh Asia/Saigon Asia/Vientiane"),
    ("Iran Standard Time", "", "Asia/Tehran"),
    ("Irkutsk Standard Time", "", "Asia/Irkutsk"),
    ("Israel Standard Time", "Israel Daylight Time", "Asia/Jerusalem"),
    ("Japan Standard Time", "", "Asia/Tokyo"),
    ("Kamchatka Standard Time", "", "Asia/Anadyr Asia/Kamchatka"),
    ("Kazakhstan Time", "East Kazakhstan Time", "Asia/Almaty Asia/Qostanay"),
    ("Khovd Standard Time", "", "Asia/Hovd"),
    ("Korean Standard Time", "", "Asia/Pyongyang Asia/Seoul"),
    ("Kosrae Time", "", "Pacific/Kosrae"),
    ("Krasnoyarsk Standard Time", "", "\
        Asia/Barnaul Asia/Krasnoyarsk Asia/Novokuznetsk Asia/Novosibirsk Asia/Tomsk"),
    ("Kyrgyzstan Time", "", "Asia/Bishkek"),
    ("Line Islands Time", "", "Pacific/Kiritimati"),
    ("Lord Howe Standard Time", "Lord Howe Daylight Time", "Australia/Lord_Howe"),
    ("Magadan Standard Time", "", "Asia/Magadan Asia/Sakhalin Asia/Srednekolymsk"),
    ("Malaysia Time", "", "Asia/Kuala_Lumpur Asia/Kuching"),
    ("Maldives Time", "", "Indian/Maldives"),
    ("Marquesas Time", "", "Pacific/Marquesas"),
    ("Marshall Islands Time", "", "Pacific/Kwajalein Pacific/Majuro"),
    ("Mauritius Standard Time", "", "Indian/Mauritius"),
    ("Mawson Time", "", "Antarctica/Mawson"),
    ("Mexican Pacific Standard Time", "", "America/Hermosillo America/Mazatlan"),
    ("Moscow Standard Time", "", "\
        Europe/Kirov Europe/Minsk Europe/Moscow Europe/Simferopol Europe/Volgograd"),
    ("Mountain Standard Time", "Mountain Daylight Time", "\
        America/Boise America/Cambridge_Bay America/Ciudad_Juarez America/Creston \
        America/Dawson_Creek America/Denver America/Edmonton America/Fort_Nelson America/Inuvik \
        America/Phoenix US/Mountain"),
    ("Myanmar Time", "", "Asia/Rangoon Asia/Yangon"),
    ("Nauru Time", "", "Pacific/Nauru"),
    ("Nepal Time", "", "Asia/Kathmandu Asia/Katmandu"),
    ("New Caledonia Standard Time", "", "Pacific/Noumea"),
    ("New Zealand Standard Time", "New Zealand Daylight Time", "\
        Antarctica/McMurdo Pacific/Auckland"),
    ("Newfoundland Standard Time", "Newfoundland Daylight Time", "America/St_Johns"),
    ("Niue Time", "", "Pacific/Niue"),
    ("Norfolk Island Standard Time", "Norfolk Island Daylight Time", "Pacific/Norfolk"),
    ("Omsk Standard Time", "", "Asia/Omsk"),
    ("Pacific Standard Time", "Pacific Daylight Time", "\
        America/Los_Angeles America/Tijuana America/Vancouver US/Pacific"),
    ("Pakistan Standard Time", "", "Asia/Karachi"),
    ("Palau Time", "", "Pacific/Palau"),
    ("Papua New Guinea Time", "", "Pacific/Port_Moresby"),
    ("Paraguay Standard Time", "Paraguay Summer Time", "America/Asuncion"),
    ("Peru Standard Time", "", "America/Lima"),
    ("Philippine Standard Time", "", "Asia/Manila"),
    ("Phoenix Islands Time", "", "Pacific/Enderbury"),
    ("Pitcairn Time", "", "Pacific/Pitcairn"),
    ("Pohnpei Time", "", "Pacific/Ponape"),
    ("Rothera Time", "", "Antarctica/Rothera"),
    ("Réunion Time", "", "Indian/Reunion"),
    ("Samara Standard Time", "", "Europe/Astrakhan Europe/Samara Europe/Saratov Europe/Ulyanovsk"),
    ("Samoa Standard Time", "", "Pacific/Apia"),
    ("Seychelles Time", "", "Indian/Mahe"),
    ("Singapore Standard Time", "", "Asia/Singapore"),
    ("Solomon Islands Time", "", "Pacific/Guadalcanal"),
    ("South Africa Standard Time", "", "Africa/Johannesburg Africa/Maseru Africa/Mbabane"),
    ("South Georgia Time", "", "Atlantic/South_Georgia"),
    ("St. Pierre & Miquelon Standard Time", "St. Pierre & Miquelon Daylight Time", "\
        America/Miquelon"),
    ("Suriname Time", "", "America/Paramaribo"),
    ("Syowa Time", "", "Antarctica/Syowa"),
    ("Tahiti Time", "", "Pacific/Tahiti"),
    ("Taiwan Standard Time", "", "Asia/Taipei"),
    ("Tajikistan Time", "", "Asia/Dushanbe"),
    ("Timor-Leste Time", "", "Asia/Dili"),
    ("Tokelau Time", "", "Pacific/Fakaofo"),
    ("Tonga Standard Time", "", "Pacific/Tongatapu"),
    ("Turkmenistan Standard Time", "", "Asia/Ashgabat"),
    ("Tuvalu Time", "", "Pacific/Funafuti"),
    ("Türkiye Standard Time", "", "Europe/Istanbul"),
    ("Ulaanbaatar Standard Time", "", "Asia/Ulaanbaatar"),
    ("Uruguay Standard Time", "", "America/Montevideo"),
    ("Uzbekistan Standard Time", "", "Asia/Samarkand Asia/Tashkent"),
    ("Vanuatu Standard Time", "", "Pacific/Efate"),
    ("Venezuela Time", "", "America/Caracas"),
    ("Vladivostok Standard Time", "", "Asia/Ust-Nera Asia/Vladivostok"),
    ("Vostok Time", "", "Antarctica/Vostok"),
    ("Wake Island Time", "", "Pacific/Wake"),
    ("Wallis & Futuna Time", "", "Pacific/Wallis"),
    ("West Africa Time", "", "\
        Africa/Bangui Africa/Brazzaville Africa/Douala Africa/Kinshasa Africa/Lagos \
        Africa/Libreville Africa/Luanda Africa/Malabo Africa/Ndjamena Africa/Niamey \
        Africa/Porto-Novo"),
    ("West Greenland Standard Time", "Greenland Summer Time", "America/Godthab"),
    ("West Kazakhstan Time", "Kazakhstan Time", "\
        Asia/Aqtau Asia/Aqtobe Asia/Atyrau Asia/Oral Asia/Qyzylorda"),
    ("Western European Standard Time", "Western European Summer Time", "\
        Atlantic/Canary Atlantic/Faeroe Atlantic/Faroe Atlantic/Madeira Europe/Lisbon"),
    ("Western Indonesia Time", "", "Asia/Jakarta Asia/Pontianak"),
    ("Yakutsk Standard Time", "", "Asia/Chita Asia/Khandyga Asia/Yakutsk"),
    ("Yekaterinburg Standard Time", "", "Asia/Yekaterinburg"),
    ("Yukon Time", "", "America/Dawson America/Whitehorse"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        let cases = [
            ("UTC", false, "Coordinated Universal Time"),
            ("Europe/Rome", false, "Central European Standard Time"),
            ("Europe/Rome", true, "Central European Summer Time"),
            ("America/New_York", true, "Eastern Daylight Time"),
            ("Asia/Tokyo", true, "Japan Standard Time"),
            ("America/Guyana", false, "Guyana Time"),
        ];
        for (zone, is_daylight, name) in cases {
            assert_eq!(long_name(zone, is_daylight), Some(name));
        }
        assert_eq!(long_name("Europe", false), None);
        assert_eq!(long_name("", false), None);
        assert_eq!(offset_name(10_800_000.0), "GMT+03:00");
        assert_eq!(offset_name(-12_600_000.0), "GMT-03:30");
        assert_eq!(offset_name(0.0), "GMT");
    }
}
