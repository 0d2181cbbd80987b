"""What can be wrong with a scheme, in both languages. {word}, {least}, … are filled in."""

from __future__ import annotations

from simpul.catalogue.text import Text

SENTENCES = {
    "not_a_table": Text("Bagian ini harus berisi isian bernama.", "This must hold named entries."),
    "not_a_list": Text("Bagian ini harus berupa daftar.", "This must be a list."),
    "unknown_word": Text("Isian “{word}” tidak dikenal di sini.", "{word!r} is not a known word here."),
    "missing": Text("Ini belum diisi.", "This is missing."),
    "not_a_text": Text("Ini harus berupa tulisan.", "This must be a text."),
    "too_long": Text("Tulisan ini terlalu panjang: paling banyak {most} huruf.", "Too long: at most {most}."),
    "not_a_code": Text(
        "Kode terdiri dari huruf, angka, titik, tanda hubung atau garis bawah, paling panjang {most}.",
        "A code has letters, digits, dots, dashes and underscores, at most {most}.",
    ),
    "not_a_number": Text(
        "Ini harus bilangan bulat dari {least} sampai {most}.",
        "This must be a whole number, {least} to {most}.",
    ),
    "not_yes_or_no": Text("Ini harus ya atau tidak.", "This must be true or false."),
    "not_a_day": Text("Ini harus tanggal, misalnya 2026-11-21.", "This must be a day such as 2026-11-21."),
    "not_one_of": Text("Pilihannya: {allowed}.", "This must be one of: {allowed}."),
    "twice": Text("Kode “{code}” ada dua kali.", "The code {code!r} stands twice."),
    "not_a_hundred": Text(
        "Jumlah bobot semua standar harus 100, sekarang {total}.",
        "The weights of all standards must add up to 100, not {total}.",
    ),
    "unknown_grade": Text("Peringkat “{code}” tidak ada.", "There is no grade {code!r}."),
    "grades_out_of_order": Text(
        "Peringkat harus berurutan dari yang terbaik, dengan nilai minimum yang makin kecil.",
        "Grades must stand from the best to the least, each with a smaller minimum.",
    ),
    "ends_before_it_begins": Text(
        "Hari terakhir berlaku tidak boleh sebelum hari pertamanya.", "The last day is before the first."
    ),
}
