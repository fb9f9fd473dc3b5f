//! Generated: the emoji sequences of Unicode 17's emoji-sequences.txt and emoji-zwj-sequences.txt, as templates.
//!
//! Remake it from those two files: write each ZWJ sequence once, with `+` for the joiner, `!` for U+FE0F, `a` for any
//! skin tone, and in second place `b` for any skin tone or `d` for one that differs from the first. Flags: a string per
//! first letter, followed by its second letters. `emoji.rs` expands both; its tests count the sequences.

/// Flags, by region code.
pub const FLAGS: &[&str] = &[
    "ACDEFGILMOQRSTUWXZ",
    "BABDEFGHIJLMNOQRSTVWYZ",
    "CACDFGHIKLMNOPQRUVWXYZ",
    "DEGJKMOZ",
    "EACEGHRSTU",
    "FIJKMOR",
    "GABDEFGHILMNPQRSTUWY",
    "HKMNRTU",
    "ICDELMNOQRST",
    "JEMOP",
    "KEGHIMNPRWYZ",
    "LABCIKRSTUVY",
    "MACDEFGHKLMNOPQRSTUVWXYZ",
    "NACEFGILOPRUZ",
    "OM",
    "PAEFGHKLMNRSTWY",
    "QA",
    "REOSUW",
    "SABCDEGHIJKLMNORSTVXYZ",
    "TACDFGHJKLMNORTVWZ",
    "UAGMNSYZ",
    "VACEGINU",
    "WFS",
    "XK",
    "YET",
    "ZAMW",
];

/// ZWJ sequences, as templates between spaces.
pub const ZWJ: &str = "\
    👨+❤!+👨 👨+❤!+💋+👨 👨+👦 👨+👦+👦 👨+👧 👨+👧+👦 👨+👧+👧 👨+👨+👦 👨+👨+👦+👦 👨+👨+👧 \
    👨+👨+👧+👦 👨+👨+👧+👧 👨+👩+👦 👨+👩+👦+👦 👨+👩+👧 👨+👩+👧+👦 👨+👩+👧+👧 👨a+❤!+👨b \
    👨a+❤!+💋+👨b 👨a+🐰+👨d 👨a+🤝+👨d 👨a+🫯+👨d 👩+❤!+👨 👩+❤!+👩 👩+❤!+💋+👨 \
    👩+❤!+💋+👩 👩+👦 👩+👦+👦 👩+👧 👩+👧+👦 👩+👧+👧 👩+👩+👦 👩+👩+👦+👦 👩+👩+👧 \
    👩+👩+👧+👦 👩+👩+👧+👧 👩a+❤!+👨b 👩a+❤!+👩b 👩a+❤!+💋+👨b 👩a+❤!+💋+👩b \
    👩a+🐰+👩d 👩a+🤝+👨d 👩a+🤝+👩d 👩a+🫯+👩d 🧑+🤝+🧑 🧑+🧑+🧒 🧑+🧑+🧒+🧒 🧑+🧒 🧑+🧒+🧒 \
    🧑a+❤!+💋+🧑d 🧑a+❤!+🧑d 🧑a+🤝+🧑b 🫱a+🫲d 🏃+➡! 🏃a+➡! 👨+⚕! 👨+⚖! 👨+✈! \
    👨+🌾 👨+🍳 👨+🍼 👨+🎓 👨+🎤 👨+🎨 👨+🏫 👨+🏭 👨+💻 👨+💼 👨+🔧 👨+🔬 👨+🚀 👨+🚒 👨+🦯 \
    👨+🦯+➡! 👨+🦼 👨+🦼+➡! 👨+🦽 👨+🦽+➡! 👨a+⚕! 👨a+⚖! 👨a+✈! 👨a+🌾 👨a+🍳 👨a+🍼 \
    👨a+🎓 👨a+🎤 👨a+🎨 👨a+🏫 👨a+🏭 👨a+💻 👨a+💼 👨a+🔧 👨a+🔬 👨a+🚀 👨a+🚒 👨a+🦯 \
    👨a+🦯+➡! 👨a+🦼 👨a+🦼+➡! 👨a+🦽 👨a+🦽+➡! 👩+⚕! 👩+⚖! 👩+✈! 👩+🌾 👩+🍳 👩+🍼 \
    👩+🎓 👩+🎤 👩+🎨 👩+🏫 👩+🏭 👩+💻 👩+💼 👩+🔧 👩+🔬 👩+🚀 👩+🚒 👩+🦯 👩+🦯+➡! 👩+🦼 \
    👩+🦼+➡! 👩+🦽 👩+🦽+➡! 👩a+⚕! 👩a+⚖! 👩a+✈! 👩a+🌾 👩a+🍳 👩a+🍼 👩a+🎓 👩a+🎤 \
    👩a+🎨 👩a+🏫 👩a+🏭 👩a+💻 👩a+💼 👩a+🔧 👩a+🔬 👩a+🚀 👩a+🚒 👩a+🦯 👩a+🦯+➡! \
    👩a+🦼 👩a+🦼+➡! 👩a+🦽 👩a+🦽+➡! 🚶+➡! 🚶a+➡! 🧎+➡! 🧎a+➡! 🧑+⚕! 🧑+⚖! \
    🧑+✈! 🧑+🌾 🧑+🍳 🧑+🍼 🧑+🎄 🧑+🎓 🧑+🎤 🧑+🎨 🧑+🏫 🧑+🏭 🧑+💻 🧑+💼 🧑+🔧 🧑+🔬 🧑+🚀 \
    🧑+🚒 🧑+🦯 🧑+🦯+➡! 🧑+🦼 🧑+🦼+➡! 🧑+🦽 🧑+🦽+➡! 🧑a+⚕! 🧑a+⚖! 🧑a+✈! 🧑a+🌾 \
    🧑a+🍳 🧑a+🍼 🧑a+🎄 🧑a+🎓 🧑a+🎤 🧑a+🎨 🧑a+🏫 🧑a+🏭 🧑a+💻 🧑a+💼 🧑a+🔧 🧑a+🔬 \
    🧑a+🚀 🧑a+🚒 🧑a+🦯 🧑a+🦯+➡! 🧑a+🦼 🧑a+🦼+➡! 🧑a+🦽 🧑a+🦽+➡! ⛹a+♀! ⛹a+♂! \
    ⛹!+♀! ⛹!+♂! 🏃+♀! 🏃+♀!+➡! 🏃+♂! 🏃+♂!+➡! 🏃a+♀! 🏃a+♀!+➡! 🏃a+♂! \
    🏃a+♂!+➡! 🏄+♀! 🏄+♂! 🏄a+♀! 🏄a+♂! 🏊+♀! 🏊+♂! 🏊a+♀! 🏊a+♂! 🏋a+♀! \
    🏋a+♂! 🏋!+♀! 🏋!+♂! 🏌a+♀! 🏌a+♂! 🏌!+♀! 🏌!+♂! 👮+♀! 👮+♂! 👮a+♀! \
    👮a+♂! 👯+♀! 👯+♂! 👯a+♀! 👯a+♂! 👰+♀! 👰+♂! 👰a+♀! 👰a+♂! 👱+♀! 👱+♂! \
    👱a+♀! 👱a+♂! 👳+♀! 👳+♂! 👳a+♀! 👳a+♂! 👷+♀! 👷+♂! 👷a+♀! 👷a+♂! 💁+♀! \
    💁+♂! 💁a+♀! 💁a+♂! 💂+♀! 💂+♂! 💂a+♀! 💂a+♂! 💆+♀! 💆+♂! 💆a+♀! 💆a+♂! \
    💇+♀! 💇+♂! 💇a+♀! 💇a+♂! 🕵a+♀! 🕵a+♂! 🕵!+♀! 🕵!+♂! 🙅+♀! 🙅+♂! 🙅a+♀! \
    🙅a+♂! 🙆+♀! 🙆+♂! 🙆a+♀! 🙆a+♂! 🙇+♀! 🙇+♂! 🙇a+♀! 🙇a+♂! 🙋+♀! 🙋+♂! \
    🙋a+♀! 🙋a+♂! 🙍+♀! 🙍+♂! 🙍a+♀! 🙍a+♂! 🙎+♀! 🙎+♂! 🙎a+♀! 🙎a+♂! 🚣+♀! \
    🚣+♂! 🚣a+♀! 🚣a+♂! 🚴+♀! 🚴+♂! 🚴a+♀! 🚴a+♂! 🚵+♀! 🚵+♂! 🚵a+♀! 🚵a+♂! \
    🚶+♀! 🚶+♀!+➡! 🚶+♂! 🚶+♂!+➡! 🚶a+♀! 🚶a+♀!+➡! 🚶a+♂! 🚶a+♂!+➡! 🤦+♀! \
    🤦+♂! 🤦a+♀! 🤦a+♂! 🤵+♀! 🤵+♂! 🤵a+♀! 🤵a+♂! 🤷+♀! 🤷+♂! 🤷a+♀! 🤷a+♂! \
    🤸+♀! 🤸+♂! 🤸a+♀! 🤸a+♂! 🤹+♀! 🤹+♂! 🤹a+♀! 🤹a+♂! 🤼+♀! 🤼+♂! 🤼a+♀! \
    🤼a+♂! 🤽+♀! 🤽+♂! 🤽a+♀! 🤽a+♂! 🤾+♀! 🤾+♂! 🤾a+♀! 🤾a+♂! 🦸+♀! 🦸+♂! \
    🦸a+♀! 🦸a+♂! 🦹+♀! 🦹+♂! 🦹a+♀! 🦹a+♂! 🧍+♀! 🧍+♂! 🧍a+♀! 🧍a+♂! 🧎+♀! \
    🧎+♀!+➡! 🧎+♂! 🧎+♂!+➡! 🧎a+♀! 🧎a+♀!+➡! 🧎a+♂! 🧎a+♂!+➡! 🧏+♀! 🧏+♂! \
    🧏a+♀! 🧏a+♂! 🧔+♀! 🧔+♂! 🧔a+♀! 🧔a+♂! 🧖+♀! 🧖+♂! 🧖a+♀! 🧖a+♂! 🧗+♀! \
    🧗+♂! 🧗a+♀! 🧗a+♂! 🧘+♀! 🧘+♂! 🧘a+♀! 🧘a+♂! 🧙+♀! 🧙+♂! 🧙a+♀! 🧙a+♂! \
    🧚+♀! 🧚+♂! 🧚a+♀! 🧚a+♂! 🧛+♀! 🧛+♂! 🧛a+♀! 🧛a+♂! 🧜+♀! 🧜+♂! 🧜a+♀! \
    🧜a+♂! 🧝+♀! 🧝+♂! 🧝a+♀! 🧝a+♂! 🧞+♀! 🧞+♂! 🧟+♀! 🧟+♂! 👨+🦰 👨+🦱 👨+🦲 \
    👨+🦳 👨a+🦰 👨a+🦱 👨a+🦲 👨a+🦳 👩+🦰 👩+🦱 👩+🦲 👩+🦳 👩a+🦰 👩a+🦱 👩a+🦲 👩a+🦳 \
    🧑+🦰 🧑+🦱 🧑+🦲 🧑+🦳 🧑a+🦰 🧑a+🦱 🧑a+🦲 🧑a+🦳 ⛓!+💥 ❤!+🔥 ❤!+🩹 🍄+🟫 🍋+🟩 \
    🏳!+⚧! 🏳!+🌈 🏴+☠! 🐈+⬛ 🐕+🦺 🐦+⬛ 🐦+🔥 🐻+❄! 👁!+🗨! 😮+💨 😵+💫 😶+🌫! 🙂+↔! \
    🙂+↕! 🧑+🩰 🧑a+🐰+🧑d 🧑a+🩰 🧑a+🫯+🧑d \
";
