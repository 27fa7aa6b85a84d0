"""The questions of a datasheet (Gebru et al., Datasheets for Datasets, 2021), by section, each with a key.

Imports nothing. The keys are those of `[answers]` in a raw folder's `datasheet.toml`, and the names of the macros in
`templates/answers.md.j2`, which answer what a build knows by itself.
"""

QUESTIONS: dict[str, dict[str, str]] = {
    "Motivation": {
        "motivation_purpose": "For what purpose was the dataset created?",
        "motivation_creators": "Who created the dataset, and on behalf of which entity?",
        "motivation_funding": "Who funded the creation of the dataset?",
        "motivation_comments": "Any other comments?",
    },
    "Composition": {
        "composition_instances": "What do the instances that comprise the dataset represent?",
        "composition_counts": "How many instances are there in total, of each type?",
        "composition_sample": "Does the dataset contain all possible instances, or is it a sample from a larger set?",
        "composition_data": "What data does each instance consist of?",
        "composition_labels": "Is there a label or target associated with each instance?",
        "composition_missing": "Is any information missing from individual instances?",
        "composition_relations": "Are relationships between individual instances made explicit?",
        "composition_splits": "Are there recommended data splits?",
        "composition_errors": "Are there any errors, sources of noise, or redundancies in the dataset?",
        "composition_external": "Is the dataset self-contained, or does it rely on external resources?",
        "composition_confidential": "Does the dataset contain data that might be considered confidential?",
        "composition_offensive": "Does the dataset contain data that might be offensive, insulting, threatening, "
        "or might otherwise cause anxiety?",
        "composition_subpopulations": "Does the dataset identify any subpopulations, for example by age or gender?",
        "composition_individuals": "Is it possible to identify individuals, directly or indirectly, from the dataset?",
        "composition_sensitive": "Does the dataset contain data that might be considered sensitive in any way?",
        "composition_comments": "Any other comments?",
    },
    "Collection process": {
        "collection_acquired": "How was the data associated with each instance acquired?",
        "collection_mechanisms": "What mechanisms or procedures were used to collect the data, and how were they "
        "validated?",
        "collection_sampling": "If the dataset is a sample from a larger set, what was the sampling strategy?",
        "collection_people": "Who was involved in the data collection process, and how were they compensated?",
        "collection_timeframe": "Over what timeframe was the data collected?",
        "collection_review": "Were any ethical review processes conducted?",
        "collection_source": "Was the data collected from the individuals in question directly, or via third parties?",
        "collection_notified": "Were the individuals in question notified about the data collection?",
        "collection_consent": "Did the individuals in question consent to the collection and use of their data?",
        "collection_revoke": "If consent was obtained, can the consenting individuals revoke it?",
        "collection_impact": "Has an analysis of the potential impact of the dataset and its use on data subjects been "
        "conducted?",
        "collection_comments": "Any other comments?",
    },
    "Preprocessing, cleaning, labeling": {
        "preprocessing_done": "Was any preprocessing, cleaning or labeling of the data done?",
        "preprocessing_raw": "Was the raw data saved in addition to the preprocessed, cleaned and labeled data?",
        "preprocessing_software": "Is the software that was used to preprocess, clean and label the data available?",
        "preprocessing_comments": "Any other comments?",
    },
    "Uses": {
        "uses_already": "Has the dataset been used for any tasks already?",
        "uses_repository": "Is there a repository that links to papers or systems that use the dataset?",
        "uses_other": "What (other) tasks could the dataset be used for?",
        "uses_impact": "Is there anything about the composition of the dataset, or the way it was collected and "
        "processed, that might impact future uses?",
        "uses_not": "Are there tasks for which the dataset should not be used?",
        "uses_comments": "Any other comments?",
    },
    "Distribution": {
        "distribution_third_parties": "Will the dataset be distributed to third parties?",
        "distribution_how": "How will the dataset be distributed, and does it have a DOI?",
        "distribution_when": "When will the dataset be distributed?",
        "distribution_license": "Will the dataset be distributed under a copyright or other intellectual property "
        "licence, or under terms of use?",
        "distribution_restrictions": "Have any third parties imposed restrictions on the data associated with the "
        "instances?",
        "distribution_export": "Do any export controls or other regulatory restrictions apply?",
        "distribution_comments": "Any other comments?",
    },
    "Maintenance": {
        "maintenance_who": "Who will be supporting, hosting and maintaining the dataset?",
        "maintenance_contact": "How can the owner, curator or manager of the dataset be contacted?",
        "maintenance_erratum": "Is there an erratum?",
        "maintenance_updates": "Will the dataset be updated?",
        "maintenance_retention": "If the dataset relates to people, are there applicable limits on the retention of "
        "the data?",
        "maintenance_versions": "Will older versions of the dataset continue to be supported, hosted and maintained?",
        "maintenance_contribute": "If others want to extend, augment, build on or contribute to the dataset, is there "
        "a mechanism for them to do so?",
        "maintenance_comments": "Any other comments?",
    },
}

KEYS = tuple(key for section in QUESTIONS.values() for key in section)
