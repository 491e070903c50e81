CALL () {
  MATCH (emp1:Employee {id: $p.v0})
  CALL (emp1) {
    MATCH (emp1)<-[r1:KNOWS]-(cus1)
      WHERE cus1.objectedAt_SALES IS NULL
        AND cus1.restrictedAt IS NULL
    WITH cus1, r1, r1.asOf AS k1, cus1.id AS k2, cus1.id + '|' + emp1.id AS k3
      ORDER BY k1 IS NULL, k1 DESC, k2, k3
      LIMIT $p.v1
    CALL (cus1) {
      MATCH (cus1)-[r2:KNOWS]->(n1)
        WHERE CASE WHEN NOT n1:Customer THEN true WHEN n1:Customer AND n1.objectedAt_SALES IS NULL AND n1.restrictedAt IS NULL THEN true ELSE false END
      WITH n1, r2, r2.asOf AS k4, n1.id AS k5, cus1.id + '|' + n1.id AS k6
        ORDER BY k4 IS NULL, k4 DESC, k5, k6
        LIMIT $p.v2
      RETURN collect(CASE WHEN n1:Employee THEN [0, k5, n1.name, r2.sumIn, r2.sumOut, r2.n, r2.lastIn, r2.lastOut, r2.asOf] ELSE [1, k5, n1.name, n1.introducesOthers, n1.email, n1.erasedAt, r2.sumIn, r2.sumOut, r2.n, r2.lastIn, r2.lastOut, r2.asOf] END) AS l3
    }
    CALL (cus1) {
      MATCH (cus1)-[r3:REPORTS_TO]->(cus2)
        WHERE coalesce(r3.from <= $p.now AND $p.now < r3.to, true)
          AND cus2.objectedAt_SALES IS NULL
          AND cus2.restrictedAt IS NULL
      WITH cus2, r3, cus2.id AS k7, r3.key AS k8
        ORDER BY k7, k8
        LIMIT $p.v3
      RETURN collect([0, k7, cus2.name, cus2.introducesOthers, cus2.email, cus2.erasedAt, r3.from]) AS l4
    }
    CALL (cus1) {
      MATCH (cus1)<-[r4:REPORTS_TO]-(cus3)
        WHERE coalesce(r4.from <= $p.now AND $p.now < r4.to, true)
          AND cus3.objectedAt_SALES IS NULL
          AND cus3.restrictedAt IS NULL
      WITH cus3, r4, cus3.id AS k9, r4.key AS k10
        ORDER BY k9, k10
        LIMIT $p.v4
      RETURN collect([0, k9, cus3.name, cus3.introducesOthers, cus3.email, cus3.erasedAt, r4.from]) AS l5
    }
    CALL (cus1) {
      MATCH (cus1)-[r5:WORKS_AT]->(acc1)
      WITH acc1, r5, acc1.id AS k11, r5.key AS k12
        ORDER BY k11, k12
        LIMIT $p.v5
      CALL (acc1) {
        MATCH (acc1)<-[r6:WORKS_AT]-(cus4)
          WHERE cus4.objectedAt_SALES IS NULL
            AND cus4.restrictedAt IS NULL
        WITH cus4, r6, cus4.id AS k13, r6.key AS k14
          ORDER BY k13, k14
          LIMIT $p.v6
        RETURN collect([0, k13, cus4.name, cus4.introducesOthers, cus4.email, cus4.erasedAt, r6.from, r6.to]) AS l7
      }
      WITH [0, k11, acc1.name, r5.from, r5.to, l7] AS v1, k11, k12
        ORDER BY k11, k12
      RETURN collect(v1) AS l6
    }
    WITH [0, k2, cus1.name, cus1.introducesOthers, cus1.email, cus1.erasedAt, r1.sumIn, r1.sumOut, r1.n, r1.lastIn, r1.lastOut, r1.asOf, l3, l4, l5, l6] AS v2, k1, k2, k3
      ORDER BY k1 IS NULL, k1 DESC, k2, k3
    RETURN collect(v2) AS l2
  }
  CALL (emp1) {
    MATCH (emp1)-[r7:REPORTS_TO]->(emp2)
      WHERE coalesce(r7.from <= $p.now AND $p.now < r7.to, true)
    CALL (emp2) {
      MATCH (emp2)<-[r8:KNOWS]-(cus5)
        WHERE cus5.objectedAt_SALES IS NULL
          AND cus5.restrictedAt IS NULL
      WITH cus5, r8, r8.asOf AS k15, cus5.id AS k16, cus5.id + '|' + emp2.id AS k17
        ORDER BY k15 IS NULL, k15 DESC, k16, k17
        LIMIT $p.v7
      RETURN collect([0, k16, cus5.name, cus5.introducesOthers, cus5.email, cus5.erasedAt, r8.sumIn, r8.sumOut, r8.n, r8.lastIn, r8.lastOut, r8.asOf]) AS l9
    }
    RETURN collect([0, emp2.id, emp2.name, l9])[..1] AS l8
  }
  CALL (emp1) {
    MATCH (emp1)<-[r9:REPORTS_TO]-(emp3)
      WHERE coalesce(r9.from <= $p.now AND $p.now < r9.to, true)
    WITH emp3, r9, emp3.id AS k18, r9.key AS k19
      ORDER BY k18, k19
      LIMIT $p.v8
    CALL (emp3) {
      MATCH (emp3)<-[r10:KNOWS]-(cus6)
        WHERE cus6.objectedAt_SALES IS NULL
          AND cus6.restrictedAt IS NULL
      WITH cus6, r10, r10.asOf AS k20, cus6.id AS k21, cus6.id + '|' + emp3.id AS k22
        ORDER BY k20 IS NULL, k20 DESC, k21, k22
        LIMIT $p.v9
      RETURN collect([0, k21, cus6.name, cus6.introducesOthers, cus6.email, cus6.erasedAt, r10.sumIn, r10.sumOut, r10.n, r10.lastIn, r10.lastOut, r10.asOf]) AS l11
    }
    WITH [0, k18, emp3.name, r9.from, l11] AS v3, k18, k19
      ORDER BY k18, k19
    RETURN collect(v3) AS l10
  }
  RETURN collect([0, emp1.id, emp1.name, l2, l8, l10]) AS l1
}
CALL () {
  MATCH (cus7:Customer {id: $p.v10})
  CALL (cus7) {
    MATCH (cus7)-[r11:KNOWS]->(n2)
      WHERE cus7.objectedAt_SALES IS NULL
        AND cus7.restrictedAt IS NULL
        AND CASE WHEN NOT n2:Customer THEN true WHEN n2:Customer AND n2.objectedAt_SALES IS NULL AND n2.restrictedAt IS NULL THEN true ELSE false END
    WITH n2, r11, r11.asOf AS k23, n2.id AS k24, cus7.id + '|' + n2.id AS k25
      ORDER BY k23 IS NULL, k23 DESC, k24, k25
      LIMIT $p.v11
    CALL (n2) {
      MATCH (n2:Employee)<-[r12:KNOWS]-(cus8)
        WHERE cus8.objectedAt_SALES IS NULL
          AND cus8.restrictedAt IS NULL
      WITH cus8, r12, r12.asOf AS k26, cus8.id AS k27, cus8.id + '|' + n2.id AS k28
        ORDER BY k26 IS NULL, k26 DESC, k27, k28
        LIMIT $p.v12
      RETURN collect([0, k27, cus8.name, cus8.introducesOthers, cus8.erasedAt, r12.sumIn, r12.sumOut, r12.n, r12.lastIn, r12.lastOut, r12.asOf]) AS l14
    }
    CALL (n2) {
      MATCH (n2:Employee)-[r13:REPORTS_TO]->(emp4)
        WHERE coalesce(r13.from <= $p.now AND $p.now < r13.to, true)
      RETURN collect([0, emp4.id, emp4.name])[..1] AS l15
    }
    CALL (n2) {
      MATCH (n2:Employee)<-[r14:REPORTS_TO]-(emp5)
        WHERE coalesce(r14.from <= $p.now AND $p.now < r14.to, true)
      WITH emp5, r14, emp5.id AS k29, r14.key AS k30
        ORDER BY k29, k30
        LIMIT $p.v13
      RETURN collect([0, k29, emp5.name, r14.from]) AS l16
    }
    CALL (n2) {
      MATCH (n2:Customer)-[r15:KNOWS]->(n3)
        WHERE CASE WHEN NOT n3:Customer THEN true WHEN n3:Customer AND n3.objectedAt_SALES IS NULL AND n3.restrictedAt IS NULL THEN true ELSE false END
      WITH n3, r15, r15.asOf AS k31, n3.id AS k32, n2.id + '|' + n3.id AS k33
        ORDER BY k31 IS NULL, k31 DESC, k32, k33
        LIMIT $p.v14
      RETURN collect(CASE WHEN n3:Employee THEN [0, k32, n3.name, r15.sumIn, r15.sumOut, r15.n, r15.lastIn, r15.lastOut, r15.asOf] ELSE [1, k32, n3.name, n3.introducesOthers, n3.erasedAt, r15.sumIn, r15.sumOut, r15.n, r15.lastIn, r15.lastOut, r15.asOf] END) AS l17
    }
    CALL (n2) {
      MATCH (n2:Customer)-[r16:REPORTS_TO]->(cus9)
        WHERE coalesce(r16.from <= $p.now AND $p.now < r16.to, true)
          AND cus9.objectedAt_SALES IS NULL
          AND cus9.restrictedAt IS NULL
      WITH cus9, r16, cus9.id AS k34, r16.key AS k35
        ORDER BY k34, k35
        LIMIT $p.v15
      RETURN collect([0, k34, cus9.name, cus9.introducesOthers, cus9.erasedAt, r16.from]) AS l18
    }
    CALL (n2) {
      MATCH (n2:Customer)<-[r17:REPORTS_TO]-(cus10)
        WHERE coalesce(r17.from <= $p.now AND $p.now < r17.to, true)
          AND cus10.objectedAt_SALES IS NULL
          AND cus10.restrictedAt IS NULL
      WITH cus10, r17, cus10.id AS k36, r17.key AS k37
        ORDER BY k36, k37
        LIMIT $p.v16
      RETURN collect([0, k36, cus10.name, cus10.introducesOthers, cus10.erasedAt, r17.from]) AS l19
    }
    CALL (n2) {
      MATCH (n2:Customer)-[r18:WORKS_AT]->(acc2)
      WITH acc2, r18, acc2.id AS k38, r18.key AS k39
        ORDER BY k38, k39
        LIMIT $p.v17
      CALL (acc2) {
        MATCH (acc2)<-[r19:WORKS_AT]-(cus11)
          WHERE cus11.objectedAt_SALES IS NULL
            AND cus11.restrictedAt IS NULL
        WITH cus11, r19, cus11.id AS k40, r19.key AS k41
          ORDER BY k40, k41
          LIMIT $p.v18
        RETURN collect([0, k40, cus11.name, cus11.introducesOthers, cus11.erasedAt, r19.from, r19.to]) AS l21
      }
      WITH [0, k38, acc2.name, r18.from, r18.to, l21] AS v4, k38, k39
        ORDER BY k38, k39
      RETURN collect(v4) AS l20
    }
    WITH CASE WHEN n2:Employee THEN [0, k24, n2.name, r11.sumIn, r11.sumOut, r11.n, r11.lastIn, r11.lastOut, r11.asOf, l14, l15, l16] ELSE [1, k24, n2.name, n2.introducesOthers, n2.email, n2.erasedAt, r11.sumIn, r11.sumOut, r11.n, r11.lastIn, r11.lastOut, r11.asOf, l17, l18, l19, l20] END AS v5, k23, k24, k25
      ORDER BY k23 IS NULL, k23 DESC, k24, k25
    RETURN collect(v5) AS l13
  }
  CALL (cus7) {
    MATCH (cus7)-[r20:REPORTS_TO]->(cus12)
      WHERE cus7.objectedAt_SALES IS NULL
        AND cus7.restrictedAt IS NULL
        AND coalesce(r20.from <= $p.now AND $p.now < r20.to, true)
        AND cus12.objectedAt_SALES IS NULL
        AND cus12.restrictedAt IS NULL
    WITH cus12, r20, cus12.id AS k42, r20.key AS k43
      ORDER BY k42, k43
      LIMIT $p.v19
    CALL (cus12) {
      MATCH (cus12)-[r21:KNOWS]->(n4)
        WHERE CASE WHEN NOT n4:Customer THEN true WHEN n4:Customer AND n4.objectedAt_SALES IS NULL AND n4.restrictedAt IS NULL THEN true ELSE false END
      WITH n4, r21, r21.asOf AS k44, n4.id AS k45, cus12.id + '|' + n4.id AS k46
        ORDER BY k44 IS NULL, k44 DESC, k45, k46
        LIMIT $p.v20
      RETURN collect(CASE WHEN n4:Employee THEN [0, k45, n4.name, r21.sumIn, r21.sumOut, r21.n, r21.lastIn, r21.lastOut, r21.asOf] ELSE [1, k45, n4.name, n4.introducesOthers, n4.erasedAt, r21.sumIn, r21.sumOut, r21.n, r21.lastIn, r21.lastOut, r21.asOf] END) AS l23
    }
    CALL (cus12) {
      MATCH (cus12)-[r22:REPORTS_TO]->(cus13)
        WHERE coalesce(r22.from <= $p.now AND $p.now < r22.to, true)
          AND cus13.objectedAt_SALES IS NULL
          AND cus13.restrictedAt IS NULL
      WITH cus13, r22, cus13.id AS k47, r22.key AS k48
        ORDER BY k47, k48
        LIMIT $p.v21
      RETURN collect([0, k47, cus13.name, cus13.introducesOthers, cus13.erasedAt, r22.from]) AS l24
    }
    CALL (cus12) {
      MATCH (cus12)-[r23:WORKS_AT]->(acc3)
      WITH acc3, r23, acc3.id AS k49, r23.key AS k50
        ORDER BY k49, k50
        LIMIT $p.v22
      CALL (acc3) {
        MATCH (acc3)<-[r24:WORKS_AT]-(cus14)
          WHERE cus14.objectedAt_SALES IS NULL
            AND cus14.restrictedAt IS NULL
        WITH cus14, r24, cus14.id AS k51, r24.key AS k52
          ORDER BY k51, k52
          LIMIT $p.v23
        RETURN collect([0, k51, cus14.name, cus14.introducesOthers, cus14.erasedAt, r24.from, r24.to]) AS l26
      }
      WITH [0, k49, acc3.name, r23.from, r23.to, l26] AS v6, k49, k50
        ORDER BY k49, k50
      RETURN collect(v6) AS l25
    }
    WITH [0, k42, cus12.name, cus12.introducesOthers, cus12.email, cus12.erasedAt, r20.from, l23, l24, l25] AS v7, k42, k43
      ORDER BY k42, k43
    RETURN collect(v7) AS l22
  }
  CALL (cus7) {
    MATCH (cus7)<-[r25:REPORTS_TO]-(cus15)
      WHERE cus7.objectedAt_SALES IS NULL
        AND cus7.restrictedAt IS NULL
        AND coalesce(r25.from <= $p.now AND $p.now < r25.to, true)
        AND cus15.objectedAt_SALES IS NULL
        AND cus15.restrictedAt IS NULL
    WITH cus15, r25, cus15.id AS k53, r25.key AS k54
      ORDER BY k53, k54
      LIMIT $p.v24
    CALL (cus15) {
      MATCH (cus15)-[r26:KNOWS]->(n5)
        WHERE CASE WHEN NOT n5:Customer THEN true WHEN n5:Customer AND n5.objectedAt_SALES IS NULL AND n5.restrictedAt IS NULL THEN true ELSE false END
      WITH n5, r26, r26.asOf AS k55, n5.id AS k56, cus15.id + '|' + n5.id AS k57
        ORDER BY k55 IS NULL, k55 DESC, k56, k57
        LIMIT $p.v25
      RETURN collect(CASE WHEN n5:Employee THEN [0, k56, n5.name, r26.sumIn, r26.sumOut, r26.n, r26.lastIn, r26.lastOut, r26.asOf] ELSE [1, k56, n5.name, n5.introducesOthers, n5.erasedAt, r26.sumIn, r26.sumOut, r26.n, r26.lastIn, r26.lastOut, r26.asOf] END) AS l28
    }
    CALL (cus15) {
      MATCH (cus15)<-[r27:REPORTS_TO]-(cus16)
        WHERE coalesce(r27.from <= $p.now AND $p.now < r27.to, true)
          AND cus16.objectedAt_SALES IS NULL
          AND cus16.restrictedAt IS NULL
      WITH cus16, r27, cus16.id AS k58, r27.key AS k59
        ORDER BY k58, k59
        LIMIT $p.v26
      RETURN collect([0, k58, cus16.name, cus16.introducesOthers, cus16.erasedAt, r27.from]) AS l29
    }
    WITH [0, k53, cus15.name, cus15.introducesOthers, cus15.email, cus15.erasedAt, r25.from, l28, l29] AS v8, k53, k54
      ORDER BY k53, k54
    RETURN collect(v8) AS l27
  }
  CALL (cus7) {
    MATCH (cus7)-[r28:WORKS_AT]->(acc4)
      WHERE cus7.objectedAt_SALES IS NULL
        AND cus7.restrictedAt IS NULL
    WITH acc4, r28, acc4.id AS k60, r28.key AS k61
      ORDER BY k60, k61
      LIMIT $p.v27
    CALL (acc4) {
      MATCH (acc4)<-[r29:WORKS_AT]-(cus17)
        WHERE cus17.objectedAt_SALES IS NULL
          AND cus17.restrictedAt IS NULL
      WITH cus17, r29, cus17.id AS k62, r29.key AS k63
        ORDER BY k62, k63
        LIMIT $p.v28
      CALL (cus17) {
        MATCH (cus17)-[r30:KNOWS]->(n6)
          WHERE CASE WHEN NOT n6:Customer THEN true WHEN n6:Customer AND n6.objectedAt_SALES IS NULL AND n6.restrictedAt IS NULL THEN true ELSE false END
        WITH n6, r30, r30.asOf AS k64, n6.id AS k65, cus17.id + '|' + n6.id AS k66
          ORDER BY k64 IS NULL, k64 DESC, k65, k66
          LIMIT $p.v29
        RETURN collect(CASE WHEN n6:Employee THEN [0, k65, n6.name, r30.sumIn, r30.sumOut, r30.n, r30.lastIn, r30.lastOut, r30.asOf] ELSE [1, k65, n6.name, n6.introducesOthers, n6.erasedAt, r30.sumIn, r30.sumOut, r30.n, r30.lastIn, r30.lastOut, r30.asOf] END) AS l32
      }
      CALL (cus17) {
        MATCH (cus17)-[r31:REPORTS_TO]->(cus18)
          WHERE coalesce(r31.from <= $p.now AND $p.now < r31.to, true)
            AND cus18.objectedAt_SALES IS NULL
            AND cus18.restrictedAt IS NULL
        WITH cus18, r31, cus18.id AS k67, r31.key AS k68
          ORDER BY k67, k68
          LIMIT $p.v30
        RETURN collect([0, k67, cus18.name, cus18.introducesOthers, cus18.erasedAt, r31.from]) AS l33
      }
      WITH [0, k62, cus17.name, cus17.introducesOthers, cus17.email, cus17.erasedAt, r29.from, r29.to, l32, l33] AS v9, k62, k63
        ORDER BY k62, k63
      RETURN collect(v9) AS l31
    }
    WITH [0, k60, acc4.name, r28.from, r28.to, l31] AS v10, k60, k61
      ORDER BY k60, k61
    RETURN collect(v10) AS l30
  }
  RETURN collect([0, cus7.id, cus7.objectedAt_SALES IS NULL AND cus7.restrictedAt IS NULL, cus7.name, cus7.email, cus7.restrictedAt, cus7.party, cus7.objectedAt_SALES, cus7.consentUntil_SALES, cus7.withdrawnAt_SALES, cus7.erasedAt, l13, l22, l27, l30]) AS l12
}
RETURN l1, l12

{
  "p": {
    "now": 1780315200000000,
    "v0": "emp_1",
    "v1": 51,
    "v10": "cus_1",
    "v11": 51,
    "v12": 31,
    "v13": 21,
    "v14": 31,
    "v15": 6,
    "v16": 21,
    "v17": 6,
    "v18": 201,
    "v19": 6,
    "v2": 31,
    "v20": 31,
    "v21": 6,
    "v22": 6,
    "v23": 201,
    "v24": 21,
    "v25": 31,
    "v26": 21,
    "v27": 6,
    "v28": 201,
    "v29": 31,
    "v3": 6,
    "v30": 6,
    "v4": 21,
    "v5": 6,
    "v6": 201,
    "v7": 31,
    "v8": 21,
    "v9": 31
  }
}
