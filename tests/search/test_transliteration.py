"""Ways of writing one name that have to agree, and names that must not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.search.transliteration import MOST_KEYS, agree, keys, rough_sound

ONE_NAME = [
    "Baluchistan Balochistan",
    "Baluch Baloch Balooch Bal\u016bch",
    "Qaeda Qaida Kaida Qa'ida al-Qaeda al-Qa\u02bfida",
    "Hussein Husayn Hussain Husain Hosein Hossein",
    "Mohammed Muhammad Mohamed Mohammad Muhammed",
    "Ahmad Ahmed",
    "Khaled Khalid",
    "Abdullah Abdallah",
    "Abdelaziz Abdulaziz Abdalaziz Abd\u00fclaziz",
    "Osama Usama Oussama",
    "Omar Umar Oumar",
    "Uthman Othman Osman Usman",
    "Qaddafi Gaddafi Kadhafi Gadhafi Qadhafi Kaddafi",
    "Zarqawi Zarkawi",
    "Kadhimi Khadimi al-Kadhimi al-Khadimi Kadimi Kazimi",
    "Shabaab Shabab al-Shabaab",
    "Hezbollah Hizballah Hizbullah Hezbullah",
    "Nasrallah Nasrullah",
    "Jundallah Jundullah",
    "Taliban Taleban",
    "Tehreek Tehrik Tahrik",
    "Houthi Huthi Hothi Huthi",
    "Quran Koran Qur'an",
    "Mecca Makkah Makka",
    "Medina Madinah",
    "Sharia Shariah Shari'a",
    "mujahideen mujahidin mujahedin mujahedeen",
    "sheikh shaykh shaikh sheik",
    "emir amir",
    "Saleh Salih",
    "Saeed Said Sa'id Sayeed",
    "Ibrahim Ebrahim",
    "Suleiman Sulayman Soleiman Sulaiman",
    "Qassem Qasim Kasim Kassem Qasem",
    "Faisal Faysal Feisal",
    "Ayman Aiman",
    "Daud Daoud Dawud Dawood",
    "Awlaki Awlaqi",
    "Mahmud Mahmood Mahmoud",
    "Masood Masud Massoud",
    "Tariq Tarek Tarik",
    "Deir Dayr Dair",
    "Raqqa Raqqah Rakka",
    "Falluja Fallujah",
    "Hodeidah Hudaydah Hudaida",
    "Taiz Ta'izz",
    "Marib Ma'rib",
    "Sana Sanaa Sana'a",
    "Khorasan Khurasan",
    "Uighur Uyghur",
    "Kyrgyz Kirghiz",
    "Dagestan Daghestan",
    "Baghdadi Bagdadi",
    "Mehsud Mahsud",
    "Haqqani Hakkani",
    "Jaish Jaysh Jeish",
    "Jhangvi Jangvi",
    "Waziristan Vaziristan",
    "Laden Ladin",
    "Kobani Kobane",
    "Iraq Irak",
    "Assad Asad",
    "jihad jehad djihad",
]

DIFFERENT = [
    "Iran Iraq",
    "Mali Malay",
    "Oman Amman",
    "Niger Nigeria",
    "Hamas Hama",
    "Hamas Homs",
    "ISIS ISI",
    "Hassan Hussein",
    "Jamal Jamil",
    "Amir Omar",
    "Amin Yemen",
    "Mahmud Muhammad",
    "Karim Karam",
    "Ahmed Hamid",
    "Assad Saad",
    "Somali Somalia",
    "Qatar Qatari",
    "Gaza Ghazi",
    "Sudan Sedan",
    "Chad jihad",
    "Basra Bursa",
    "Bali Bella",
    "Saleh Salah",
    "Said Sayyid",
    "Nasr Nasser",
    "Libya Lebanon",
    "Kabul Kibbel",
    "Turkey Turk",
    "Kurd Kurdi",
    "Sinai Sunni",
    "Tunis Tanis",
    "Syria Serbia",
    "Jordan Jarden",
    "Baghdad Baghdadi",
    "Sunni Sana",
    "Ali Alia",
    "Raqqa Rocca",
    "PKK KCK",
    "TTP TLP",
]


@pytest.mark.parametrize("names", ONE_NAME)
def test_ways_of_writing_one_name_agree(names: str) -> None:
    first, *others = names.split()
    assert [other for other in others if not agree(first, other)] == []


@pytest.mark.parametrize("names", DIFFERENT)
def test_different_names_do_not_agree(names: str) -> None:
    one, other = names.split()
    assert not agree(one, other)


@pytest.mark.parametrize("names", ONE_NAME)
def test_ways_of_writing_one_name_have_one_rough_sound(names: str) -> None:
    assert len({rough_sound(name) for name in names.split()}) == 1


def test_what_is_no_word_has_no_sound() -> None:
    assert rough_sound("&") == ""


def test_a_letter_with_two_sounds_gives_a_key_for_each() -> None:
    assert keys("Hamed") == keys("Hamad") | keys("Hamid")
    assert not agree("Hamad", "Hamid")


def test_words_of_other_scripts_and_numbers_are_their_own_keys() -> None:
    assert keys("\u0628\u063a\u062f\u0627\u062f") == {"\u0628\u063a\u062f\u0627\u062f"}
    assert keys("1500") == {"1500"}
    assert keys("&") == frozenset()
    assert not agree("&", "&")


def test_a_word_with_many_vowels_has_a_bounded_number_of_keys() -> None:
    assert len(keys("e" + "be" * 200)) <= MOST_KEYS


@settings(deadline=None)  # the machine may be busy
@given(st.text(max_size=30), st.text(max_size=30))
def test_agreement_is_the_same_both_ways_and_capitals_do_not_count(one: str, other: str) -> None:
    assert agree(one, other) is agree(other, one)
    assert keys(one.upper()) == keys(one.lower()) or not one.isascii()


@settings(deadline=None)
@given(st.text(alphabet="abdeghikloqstuy", min_size=1, max_size=12))
def test_every_word_of_latin_letters_agrees_with_itself(word: str) -> None:
    assert keys(word)
    assert rough_sound(word)
    assert agree(word, word.capitalize())


@settings(deadline=None)
@given(st.text(alphabet="aeiqgdthsz", min_size=1, max_size=5), st.text(alphabet="aeiqgdthsz", min_size=1, max_size=5))
def test_words_that_agree_have_one_rough_sound(one: str, other: str) -> None:
    assert rough_sound(one) == rough_sound(other) or not agree(one, other)
