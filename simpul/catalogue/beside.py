"""What lies beside the rules: practice, instruments, the rights of the person. Each file is read as Simpul reads it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from simpul.catalogue import disclosure, holidays, nightly, privacy
from simpul.catalogue.accreditation import deciding as accreditation_deciding
from simpul.catalogue.accreditation import reader as accreditation_reader
from simpul.catalogue.accreditation.norms import read_norms as read_accreditation_norms
from simpul.catalogue.casework import reader as casework_reader
from simpul.catalogue.instruments import reader as instruments_reader
from simpul.catalogue.organisations import bodies, oversight, papers, standing
from simpul.catalogue.programmes import reader as programmes_reader
from simpul.catalogue.programmes import strength
from simpul.catalogue.registration import reader as registration_reader
from simpul.catalogue.services import matching as services_matching
from simpul.catalogue.services import reader as services_reader
from simpul.catalogue.sources import reader as sources_reader
from simpul.catalogue.tables import CatalogueError, Report


def read_all(root: Path, report: Report) -> None:
    """Every fault of these files goes to report."""
    reads: dict[str, Callable[[Path], object]] = {
        "casework/lists.toml": casework_reader.read_entries,
        "casework/practice.toml": casework_reader.read_entries,
        "casework/models.toml": casework_reader.read_models,
        "casework/stages.toml": casework_reader.read_stages,
        "casework/norms.toml": casework_reader.read_norms,
        "organisations/bodies.toml": bodies.read_lists,
        "organisations/standing.toml": standing.read_standards,
        "organisations/indicators.toml": standing.read_groups,
        "registration/schemes.toml": registration_reader.read_schemes,
        "registration/local.toml": registration_reader.read_overlays,
        "registration/procedure.toml": registration_reader.read_procedure,
        "accreditation": accreditation_reader.read_folder,
        "accreditation/norms.toml": read_accreditation_norms,
        "accreditation/deciding.toml": accreditation_deciding.read_deciding,
        "holidays": holidays.read_folder,
        "sources": sources_reader.read_all,
        "programmes/facts.toml": programmes_reader.read_facts,
        "programmes/criteria.toml": programmes_reader.read_criteria,
        "programmes/norms.toml": programmes_reader.read_norms,
        "programmes/strength.toml": strength.read_strength,
        "services/situations.toml": services_reader.read_situations,
        "services/accesses.toml": services_reader.read_accesses,
        "services/emergencies.toml": services_reader.read_emergencies,
        "services/norms.toml": services_reader.read_norms,
        "services/zones.toml": services_reader.read_zones,
        "services/matching.toml": services_matching.read_matching,
        "nightly/hours.toml": nightly.read_nights,
        "recaps/disclosure.toml": disclosure.read_disclosure,
        "organisations/papers.toml": papers.read_papers,
        "organisations/oversight.toml": oversight.read_oversight,
        "privacy/rights.toml": lambda _path: (
            privacy.rights(root),
            privacy.grounds(root),
            privacy.retentions(root),
        ),
    }
    for name, read_it in reads.items():
        if (path := root / name).exists():
            try:
                read_it(path)
            except CatalogueError as error:
                report(error)
    list(instruments_reader.read_all(root / "instruments", report))
